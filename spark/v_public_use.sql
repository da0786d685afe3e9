-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: ed4ee796b5832af457a268e19ed7deacdfb07b486ef031756ebd29100f6c14dc
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
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30201'), unlisted) AS office,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30211'), unlisted) AS travel,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30215'), unlisted) AS meetings,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30216'), unlisted) AS training,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30217'), unlisted) AS basic_reception,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30209'), unlisted) AS property,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30227'), unlisted) AS outsourced,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30226'), unlisted) AS labour,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30231'), unlisted) AS basic_vehicles,
    COALESCE(MAX(fact_economic_year.final_account) FILTER(WHERE
      fact_economic_year.economic_code = '30239'), unlisted) AS transport,
    COALESCE(
      SUM(fact_economic_year.final_account) FILTER(WHERE
        fact_economic_year.economic_code IN ('30201', '30211', '30215', '30216', '30217')),
      unlisted
    ) AS narrow,
    COALESCE(
      SUM(fact_economic_year.final_account) FILTER(WHERE
        fact_economic_year.economic_code IN ('30201', '30211', '30215', '30216', '30217', '30209', '30227', '30226', '30231', '30239')),
      unlisted
    ) AS wide
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
  c.office AS office,
  c.travel AS travel,
  c.meetings AS meetings,
  c.training AS training,
  c.basic_reception AS basic_reception,
  c.property AS property,
  c.outsourced AS outsourced,
  c.labour AS labour,
  c.basic_vehicles AS basic_vehicles,
  c.transport AS transport,
  CAST(c.narrow AS DECIMAL(28, 2)) AS narrow,
  CAST(c.wide AS DECIMAL(28, 2)) AS wide,
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
