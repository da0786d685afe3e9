-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: a1a2c9b4137249271a076229bb9ecf988cbfa606231ec4f55e814583a4c15de7
CREATE VIEW mart.v_func_trend AS
SELECT
  j.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  j.fiscal_year AS fiscal_year,
  j.fund AS fund,
  j.function_level AS function_level,
  j.canonical_code AS canonical_code,
  n.function_name AS function_name,
  j.source_codes AS source_codes,
  j.final_account AS final_account,
  j.prior_final_account AS prior_final_account,
  CAST(j.final_account - j.prior_final_account AS DECIMAL(28, 2)) AS change,
  (
    TRY_CAST((
      CASE
        WHEN CAST(j.prior_final_account AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              j.final_account - j.prior_final_account
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              j.final_account - j.prior_final_account
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              j.final_account - j.prior_final_account
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(j.prior_final_account AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(j.prior_final_account AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(j.prior_final_account AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  j.final_account - j.prior_final_account
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(j.prior_final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  j.final_account - j.prior_final_account
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(j.prior_final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(j.prior_final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(j.prior_final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS change_percent,
  CASE
    WHEN j.prior_final_account IS NULL
    THEN 'no_base'
    WHEN NOT j.moved_codes IS NULL
    THEN 'code_moved'
    WHEN NOT c.former_department_key IS NULL
    THEN 'renamed'
    WHEN c.reform_flag
    THEN 'reform'
    WHEN j.prior_codes <> j.source_codes
    THEN 'code_changed'
    ELSE 'comparable'
  END AS change_flag,
  j.moved_codes AS moved_codes,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  j.number_keys AS number_keys,
  j.document_key AS document_key
FROM core.fact_function_trend AS j
JOIN mart.v_department_year AS y
  ON j.department_key = y.department_key AND j.fiscal_year = y.fiscal_year
LEFT JOIN mart.v_comparability AS c
  ON COALESCE(j.department_key, y.department_key) = c.department_key
  AND COALESCE(j.fiscal_year, y.fiscal_year) = c.fiscal_year
LEFT JOIN core.dim_function_year AS n
  ON n.function_code = j.canonical_code AND n.fiscal_year = j.fiscal_year;
