-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 21bac0d19d2c290773ded6a0b2d5112cc8c4939607ef8920eb68fed2b2bc4564
CREATE VIEW mart.v_func_mix AS
WITH shares AS (
  SELECT
    fact_function_year.department_key AS department_key,
    fact_function_year.fiscal_year AS fiscal_year,
    fact_function_year.fund AS fund,
    fact_function_year.function_code AS function_code,
    fact_function_year.final_account AS final_account,
    fact_function_year.final_source AS final_source,
    fact_function_year.figure_key AS figure_key,
    fact_function_year.claim_key AS claim_key,
    fact_function_year.document_key AS document_key,
    SUM(fact_function_year.final_account) OVER whole AS total,
    RANK() OVER (
      PARTITION BY fact_function_year.department_key, fact_function_year.fiscal_year, fact_function_year.fund
      ORDER BY fact_function_year.final_account DESC
    ) AS rank_in_department
  FROM core.fact_function_year AS fact_function_year
  WHERE
    fact_function_year.function_level = 'class' AND NOT fact_function_year.final_account IS NULL
  WINDOW whole AS (PARTITION BY fact_function_year.department_key, fact_function_year.fiscal_year, fact_function_year.fund)
), summed AS (
  SELECT
    shares.department_key AS department_key,
    shares.fiscal_year AS fiscal_year,
    shares.fund AS fund,
    SUM(CAST(100 * shares.final_account AS DECIMAL(38, 0)) * CAST(100 * shares.final_account AS DECIMAL(38, 0))) AS squares,
    CAST(100 * SUM(shares.final_account) AS DECIMAL(38, 0)) AS total
  FROM shares AS shares
  GROUP BY
    shares.department_key,
    shares.fiscal_year,
    shares.fund
), concentrated AS (
  SELECT
    summed.department_key AS department_key,
    summed.fiscal_year AS fiscal_year,
    summed.fund AS fund,
    CASE
      WHEN summed.total <> 0
      THEN TRY_CAST(CAST((
        (
          (
            2000000 * TRY_CAST(summed.squares AS DECIMAL(38, 0)) + summed.total * summed.total
          )
        ) - (
          (
            2000000 * TRY_CAST(summed.squares AS DECIMAL(38, 0)) + summed.total * summed.total
          )
        ) % (
          (
            2 * summed.total * summed.total
          )
        )
      ) / (
        (
          2 * summed.total * summed.total
        )
      ) AS DECIMAL(38, 0)) AS DECIMAL(18, 0)) * TRY_CAST(0.000001 AS DECIMAL(7, 6))
    END AS concentration
  FROM summed AS summed
)
SELECT
  s.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  s.fiscal_year AS fiscal_year,
  s.fund AS fund,
  s.function_code AS function_code,
  f.function_name AS function_name,
  s.final_account AS final_account,
  (
    TRY_CAST((
      CASE
        WHEN CAST(s.total AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(s.final_account AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(s.final_account AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(s.final_account AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(s.total AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(s.total AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(s.total AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(s.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(s.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(s.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(s.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(s.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(s.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_percent,
  s.rank_in_department AS rank_in_department,
  c.concentration AS concentration,
  s.final_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  s.figure_key AS figure_key,
  s.claim_key AS claim_key,
  s.document_key AS document_key
FROM shares AS s
JOIN concentrated AS c
  ON s.department_key = c.department_key AND s.fiscal_year = c.fiscal_year AND s.fund = c.fund
JOIN mart.v_department_year AS y
  ON COALESCE(s.department_key, c.department_key) = y.department_key
  AND COALESCE(s.fiscal_year, c.fiscal_year) = y.fiscal_year
LEFT JOIN core.dim_function_year AS f
  ON f.function_code = s.function_code AND f.fiscal_year = s.fiscal_year;
