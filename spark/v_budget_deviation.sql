-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 474e78f12117cc4f97aca9d45fe0604c245b1fd296255c8b475a5678de58a4b4
CREATE VIEW mart.v_budget_deviation AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  i.fund AS fund,
  i.function_level AS function_level,
  i.function_code AS function_code,
  f.function_name AS function_name,
  i.initial_budget AS initial_budget,
  i.annual_budget AS annual_budget,
  i.final_account AS final_account,
  i.final_account - i.initial_budget AS deviation,
  (
    TRY_CAST((
      CASE
        WHEN CAST(i.initial_budget AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              i.final_account - i.initial_budget
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              i.final_account - i.initial_budget
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              i.final_account - i.initial_budget
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(i.initial_budget AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(i.initial_budget AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(i.initial_budget AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  i.final_account - i.initial_budget
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(i.initial_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  i.final_account - i.initial_budget
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(i.initial_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(i.initial_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(i.initial_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS deviation_percent,
  (
    TRY_CAST((
      CASE
        WHEN CAST(i.annual_budget AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              i.final_account - i.annual_budget
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              i.final_account - i.annual_budget
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              i.final_account - i.annual_budget
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(i.annual_budget AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(i.annual_budget AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(i.annual_budget AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  i.final_account - i.annual_budget
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(i.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  i.final_account - i.annual_budget
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(i.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(i.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(i.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS versus_annual_percent,
  CASE
    WHEN i.initial_budget IS NULL
    THEN 'unknown'
    WHEN i.initial_budget = 0 AND i.final_account <> 0
    THEN 'new'
    WHEN 20 * ABS(i.final_account - i.initial_budget) <= ABS(i.initial_budget)
    THEN 'within_5'
    WHEN 5 * ABS(i.final_account - i.initial_budget) <= ABS(i.initial_budget)
    THEN 'within_20'
    ELSE 'over_20'
  END AS band,
  i.budget_source AS budget_source,
  i.final_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  NULLIF(CONCAT_WS(' ', COALESCE(i.figure_key, i.claim_key), i.budget_key), '') AS number_keys,
  i.document_key AS document_key
FROM core.fact_function_year AS i
JOIN mart.v_department_year AS y
  ON i.department_key = y.department_key AND i.fiscal_year = y.fiscal_year
LEFT JOIN core.dim_function_year AS f
  ON f.function_code = i.function_code AND f.fiscal_year = i.fiscal_year
WHERE
  NOT i.final_account IS NULL AND NOT COALESCE(i.initial_budget, i.annual_budget) IS NULL;
