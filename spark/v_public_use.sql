-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 78743f55b41167753eca9387a1011ce2c07999ff8015fce93c27a94cf1daef42
CREATE VIEW mart.v_public_use AS
WITH costs AS (
  SELECT
    fact_economic_year.department_key AS department_key,
    fact_economic_year.fiscal_year AS fiscal_year,
    MAX(fact_economic_year.document_key) AS document_key,
    LISTAGG(fact_economic_year.number_keys, ' ') WITHIN GROUP (ORDER BY
      fact_economic_year.economic_code NULLS LAST) FILTER(WHERE
      fact_economic_year.economic_code IN ('30201', '30211', '30215', '30216', '30217', '30209', '30227', '30226', '30231', '30239')) AS number_keys,
    CASE
      WHEN ABS(
        MAX(fact_economic_year.final_account) FILTER(WHERE
          fact_economic_year.economic_code = '302') - SUM(fact_economic_year.final_account) FILTER(WHERE
          fact_economic_year.economic_level = 'group' AND fact_economic_year.economic_code LIKE '302%')
      ) <= SUM(fact_economic_year.half_unit) FILTER(WHERE
        fact_economic_year.economic_code LIKE '302%')
      THEN 0
    END AS unlisted,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30201') AS office,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30211') AS travel,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30215') AS meetings,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30216') AS training,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30217') AS basic_reception,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30209') AS property,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30227') AS outsourced,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30226') AS labour,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30231') AS basic_vehicles,
    MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30239') AS transport,
    SUM(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code IN ('30201', '30211', '30215', '30216', '30217')) AS narrow,
    SUM(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code IN ('30201', '30211', '30215', '30216', '30217', '30209', '30227', '30226', '30231', '30239')) AS wide
  FROM core.fact_economic_year AS fact_economic_year
  WHERE
    fact_economic_year.spending_kind = 'basic'
    AND fact_economic_year.fund = 'general_public_budget'
    AND fact_economic_year.value_source = 'table'
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
  CAST(h.value AS DECIMAL(28, 2)) AS public_cost,
  COALESCE(c.office, c.unlisted) AS office,
  COALESCE(c.travel, c.unlisted) AS travel,
  COALESCE(c.meetings, c.unlisted) AS meetings,
  COALESCE(c.training, c.unlisted) AS training,
  COALESCE(c.basic_reception, c.unlisted) AS basic_reception,
  COALESCE(c.property, c.unlisted) AS property,
  COALESCE(c.outsourced, c.unlisted) AS outsourced,
  COALESCE(c.labour, c.unlisted) AS labour,
  COALESCE(c.basic_vehicles, c.unlisted) AS basic_vehicles,
  COALESCE(c.transport, c.unlisted) AS transport,
  CAST(COALESCE(c.narrow, c.unlisted) AS DECIMAL(28, 2)) AS narrow,
  CAST(COALESCE(c.wide, c.unlisted) AS DECIMAL(28, 2)) AS wide,
  y.staff AS staff,
  CASE
    WHEN y.staff >= 3
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(y.staff AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(h.value AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(h.value AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(h.value AS DECIMAL(28, 8))
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
                  2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
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
  END AS public_cost_per_head,
  h.value_source AS value_source,
  h.doubt AS doubt,
  h.figure_key AS figure_key,
  h.claim_key AS claim_key,
  c.number_keys AS number_keys,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  COALESCE(c.document_key, h.document_key) AS document_key
FROM mart.v_department_year AS y
LEFT JOIN costs AS c
  ON y.department_key = c.department_key AND y.fiscal_year = c.fiscal_year
LEFT JOIN core.fact_headline AS h
  ON h.region_code = y.region_code
  AND h.department_key = y.department_key
  AND h.fiscal_year = y.fiscal_year
  AND h.headline = 'basic_public'
WHERE
  NOT c.department_key IS NULL OR NOT h.department_key IS NULL;
