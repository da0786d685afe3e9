-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 7d472bbe4a349366c3019a7d9e323568f8c4300e77eb087b947e12e25a0d766b
CREATE VIEW mart.v_econ_basic AS
WITH names AS (
  SELECT
    dim_economic_year.fiscal_year AS fiscal_year,
    dim_economic_year.economic_code AS economic_code,
    dim_economic_year.economic_name AS economic_name
  FROM core.dim_economic_year AS dim_economic_year
), basics AS (
  SELECT
    fact_economic_year.department_key AS department_key,
    fact_economic_year.document_key AS document_key,
    fact_economic_year.economic_code AS economic_code,
    fact_economic_year.economic_level AS economic_level,
    fact_economic_year.final_account AS final_account,
    fact_economic_year.fiscal_year AS fiscal_year,
    fact_economic_year.fund AS fund,
    fact_economic_year.half_unit AS half_unit,
    fact_economic_year.initial_budget AS initial_budget,
    fact_economic_year.number_keys AS number_keys,
    fact_economic_year.spending_kind AS spending_kind,
    fact_economic_year.value_source AS value_source,
    SUM(fact_economic_year.final_account) OVER (
      PARTITION BY fact_economic_year.department_key, fact_economic_year.fiscal_year, fact_economic_year.fund, fact_economic_year.economic_level
    ) AS total
  FROM core.fact_economic_year AS fact_economic_year
  WHERE
    fact_economic_year.spending_kind = 'basic'
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  b.fiscal_year AS fiscal_year,
  b.fund AS fund,
  b.economic_level AS economic_level,
  b.economic_code AS economic_code,
  n.economic_name AS economic_name,
  b.final_account AS final_account,
  b.initial_budget AS initial_budget,
  (
    TRY_CAST((
      CASE
        WHEN CAST(b.total AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(b.final_account AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(b.final_account AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(b.final_account AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(b.total AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(b.total AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(b.total AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(b.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(b.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(b.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(b.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(b.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(b.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_percent,
  p.final_account AS prior_final_account,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.final_account AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              b.final_account - p.final_account
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              b.final_account - p.final_account
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              b.final_account - p.final_account
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.final_account AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.final_account AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.final_account AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  b.final_account - p.final_account
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  b.final_account - p.final_account
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS change_percent,
  b.value_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  b.number_keys AS number_keys,
  b.document_key AS document_key
FROM basics AS b
JOIN mart.v_department_year AS y
  ON b.department_key = y.department_key AND b.fiscal_year = y.fiscal_year
LEFT JOIN names AS n
  ON n.economic_code = b.economic_code AND n.fiscal_year = b.fiscal_year
LEFT JOIN core.fact_economic_year AS p
  ON p.department_key = y.prior_department_key
  AND p.fiscal_year = b.fiscal_year - 1
  AND p.fund = b.fund
  AND p.spending_kind = b.spending_kind
  AND p.economic_code = b.economic_code;
