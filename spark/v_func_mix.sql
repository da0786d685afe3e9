-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 2a2ce5ceaeeffd9326b21f927046501b2058fc2f21542b461b094560eca3e2ab
CREATE VIEW mart.v_func_mix AS
WITH shares AS (
  SELECT
    s.department_key AS department_key,
    y.region_code AS region_code,
    s.fiscal_year AS fiscal_year,
    s.fund AS fund,
    s.function_code AS function_code,
    s.final_account AS final_account,
    s.final_source AS final_source,
    s.figure_key AS figure_key,
    s.claim_key AS claim_key,
    s.document_key AS document_key,
    SUM(s.final_account) OVER whole AS total,
    SUM(CAST(100 * s.final_account AS DECIMAL(38, 0)) * CAST(100 * s.final_account AS DECIMAL(38, 0))) OVER whole AS squares,
    RANK() OVER (PARTITION BY s.department_key, s.fiscal_year, s.fund, y.region_code ORDER BY s.final_account DESC) AS rank_in_department
  FROM core.fact_function_year AS s
  JOIN core.fact_department_year AS y
    ON s.department_key = y.department_key AND s.fiscal_year = y.fiscal_year
  WHERE
    s.function_level = 'class' AND NOT s.final_account IS NULL
  WINDOW whole AS (PARTITION BY s.department_key, s.fiscal_year, s.fund, y.region_code)
), summed AS (
  SELECT
    shares.department_key AS department_key,
    shares.region_code AS region_code,
    shares.fiscal_year AS fiscal_year,
    shares.fund AS fund,
    shares.function_code AS function_code,
    shares.final_account AS final_account,
    shares.final_source AS final_source,
    shares.figure_key AS figure_key,
    shares.claim_key AS claim_key,
    shares.document_key AS document_key,
    shares.total AS total,
    shares.squares AS squares,
    shares.rank_in_department AS rank_in_department,
    CAST(100 * shares.total AS DECIMAL(38, 0)) AS cents
  FROM shares AS shares
)
SELECT
  s.department_key AS department_key,
  y.department_name AS department_name,
  s.region_code AS region_code,
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
  CASE
    WHEN s.cents <> 0
    THEN TRY_CAST(CAST((
      (
        (
          2000000 * TRY_CAST(s.squares AS DECIMAL(38, 0)) + s.cents * s.cents
        )
      ) - (
        (
          2000000 * TRY_CAST(s.squares AS DECIMAL(38, 0)) + s.cents * s.cents
        )
      ) % (
        (
          2 * s.cents * s.cents
        )
      )
    ) / (
      (
        2 * s.cents * s.cents
      )
    ) AS DECIMAL(38, 0)) AS DECIMAL(18, 0)) * TRY_CAST(0.000001 AS DECIMAL(7, 6))
  END AS concentration,
  s.final_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  s.figure_key AS figure_key,
  s.claim_key AS claim_key,
  s.document_key AS document_key
FROM summed AS s
JOIN mart.v_department_year AS y
  ON s.department_key = y.department_key AND s.fiscal_year = y.fiscal_year AND s.region_code = y.region_code
LEFT JOIN core.dim_function_year AS f
  ON f.function_code = s.function_code AND f.fiscal_year = s.fiscal_year;
