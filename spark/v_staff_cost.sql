-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 4c0c1f8792f9f5aec5ead92829b1ffb0c027ca74fa653357194f2deecb5a9f1a
CREATE VIEW mart.v_staff_cost AS
WITH costs AS (
  SELECT
    fact_economic_year.department_key AS department_key,
    fact_economic_year.fiscal_year AS fiscal_year,
    MAX(fact_economic_year.document_key) AS document_key,
    LISTAGG(fact_economic_year.number_keys, ' ') WITHIN GROUP (ORDER BY
      fact_economic_year.economic_code NULLS LAST) FILTER(WHERE
      fact_economic_year.economic_code IN ('301', '30108', '30109', '30110', '30111', '30112', '30113', '303')) AS number_keys,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '301') AS pay,
    CASE
      WHEN ABS(
        MAX(fact_economic_year.final_account) FILTER(WHERE
          fact_economic_year.economic_code = '301') - SUM(fact_economic_year.final_account) FILTER(WHERE
          fact_economic_year.economic_level = 'group' AND fact_economic_year.economic_code LIKE '301%')
      ) <= SUM(fact_economic_year.half_unit) FILTER(WHERE
        fact_economic_year.economic_code LIKE '301%')
      THEN 0
    END AS unlisted,
    SUM(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code IN ('30108', '30109', '30110', '30111', '30112')) AS social_insurance,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30113') AS housing_fund,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '303') AS subsidies_to_persons,
    MAX(fact_economic_year.value_source) FILTER(WHERE
      fact_economic_year.economic_code = '301') AS value_source
  FROM core.fact_economic_year AS fact_economic_year
  WHERE
    fact_economic_year.spending_kind = 'basic' AND fact_economic_year.fund = 'general_public_budget'
  GROUP BY
    fact_economic_year.department_key,
    fact_economic_year.fiscal_year
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  c.pay AS pay,
  CAST(COALESCE(c.social_insurance, c.unlisted) AS DECIMAL(28, 2)) AS social_insurance,
  COALESCE(c.housing_fund, c.unlisted) AS housing_fund,
  c.subsidies_to_persons AS subsidies_to_persons,
  y.staff AS staff,
  y.staff_source AS staff_source,
  CASE
    WHEN y.staff >= 3
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(y.staff AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(c.pay AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(c.pay AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(c.pay AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * CASE
            WHEN (
              CAST(y.staff AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(y.staff AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(y.staff AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(CAST(c.pay AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(c.pay AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    )
  END AS pay_per_head,
  c.value_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  c.number_keys AS number_keys,
  c.document_key AS document_key
FROM costs AS c
JOIN mart.v_department_year AS y
  ON c.department_key = y.department_key AND c.fiscal_year = y.fiscal_year;
