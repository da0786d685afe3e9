-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 3c9cf4145f8fd1ba2597d27159fd9aea709477c5a3cf8c7bb7edb315978611ba
CREATE VIEW mart.v_func_item AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  i.fund AS fund,
  i.function_code AS function_code,
  f.function_name AS function_name,
  g.function_name AS group_name,
  c.function_name AS class_name,
  i.initial_budget AS initial_budget,
  i.annual_budget AS annual_budget,
  i.final_account AS final_account,
  i.basic AS basic,
  i.project AS project,
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
  i.final_source AS value_source,
  i.budget_source AS budget_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  NULLIF(CONCAT_WS(' ', COALESCE(i.figure_key, i.claim_key), i.budget_key), '') AS number_keys,
  i.document_key AS document_key
FROM core.fact_function_year AS i
JOIN mart.v_department_year AS y
  ON i.department_key = y.department_key AND i.fiscal_year = y.fiscal_year
LEFT JOIN core.dim_function_year AS f
  ON f.function_code = i.function_code AND f.fiscal_year = i.fiscal_year
LEFT JOIN core.dim_function_year AS g
  ON g.function_code = LEFT(i.function_code, 5) AND g.fiscal_year = i.fiscal_year
LEFT JOIN core.dim_function_year AS c
  ON c.function_code = LEFT(i.function_code, 3) AND c.fiscal_year = i.fiscal_year
WHERE
  i.function_level = 'item';
