-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 56ad62cb66844e06911000390cfff2e20421ffb343447d5e1ffe7dfa6cd1651c
CREATE VIEW mart.v_balance_chain AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    'all' AS fund,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'opening_balance') AS DECIMAL(28, 2))
    ) AS opening_balance,
    MAX(fact_headline.half_unit) FILTER(WHERE
      fact_headline.headline IN ('opening_balance', 'closing_balance')) AS half_unit,
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'opening_balance') AS document_key,
    MAX(COALESCE(fact_headline.figure_key, fact_headline.claim_key)) FILTER(WHERE
      fact_headline.headline = 'opening_balance') AS opening_key
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN ('opening_balance', 'closing_balance')
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
  UNION ALL
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    'fiscal' AS fiscal,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'fiscal_opening_balance') AS DECIMAL(28, 2))
    ) AS _col_4,
    MAX(fact_headline.half_unit) FILTER(WHERE
      fact_headline.headline IN ('fiscal_opening_balance', 'fiscal_closing_balance')) AS _col_5,
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'fiscal_opening_balance') AS _col_6,
    MAX(COALESCE(fact_headline.figure_key, fact_headline.claim_key)) FILTER(WHERE
      fact_headline.headline = 'fiscal_opening_balance') AS _col_7
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN ('fiscal_opening_balance', 'fiscal_closing_balance')
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
), closed AS (
  SELECT
    y.department_key AS department_key,
    y.region_code AS region_code,
    y.fiscal_year AS fiscal_year,
    'all' AS fund,
    (
      CAST(MAX(h.value) FILTER(WHERE
        h.headline = 'closing_balance') AS DECIMAL(28, 2))
    ) AS closing_balance,
    MAX(h.half_unit) AS half_unit,
    MAX(COALESCE(h.figure_key, h.claim_key)) FILTER(WHERE
      h.headline = 'closing_balance') AS closing_key
  FROM core.fact_department_year AS y
  JOIN core.fact_headline AS h
    ON h.department_key = y.prior_department_key
    AND h.region_code = y.region_code
    AND h.fiscal_year = y.fiscal_year - 1
  WHERE
    h.headline IN ('opening_balance', 'closing_balance')
  GROUP BY
    y.department_key,
    y.region_code,
    y.fiscal_year
  UNION ALL
  SELECT
    y.department_key AS department_key,
    y.region_code AS region_code,
    y.fiscal_year AS fiscal_year,
    'fiscal' AS fiscal,
    (
      CAST(MAX(h.value) FILTER(WHERE
        h.headline = 'fiscal_closing_balance') AS DECIMAL(28, 2))
    ) AS _col_4,
    MAX(h.half_unit) AS _col_5,
    MAX(COALESCE(h.figure_key, h.claim_key)) FILTER(WHERE
      h.headline = 'fiscal_closing_balance') AS _col_6
  FROM core.fact_department_year AS y
  JOIN core.fact_headline AS h
    ON h.department_key = y.prior_department_key
    AND h.region_code = y.region_code
    AND h.fiscal_year = y.fiscal_year - 1
  WHERE
    h.headline IN ('fiscal_opening_balance', 'fiscal_closing_balance')
  GROUP BY
    y.department_key,
    y.region_code,
    y.fiscal_year
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.fund AS fund,
  p.opening_balance AS opening_balance,
  q.closing_balance AS prior_closing_balance,
  p.opening_balance - q.closing_balance AS gap,
  CASE
    WHEN q.closing_balance IS NULL
    THEN 'no_prior'
    WHEN ABS(p.opening_balance - q.closing_balance) <= COALESCE(p.half_unit, 0) + COALESCE(q.half_unit, 0)
    THEN 'closed'
    ELSE 'gap'
  END AS gap_state,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  NULLIF(CONCAT_WS(' ', p.opening_key, q.closing_key), '') AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
LEFT JOIN closed AS q
  ON q.department_key = p.department_key
  AND q.region_code = p.region_code
  AND q.fiscal_year = p.fiscal_year
  AND q.fund = p.fund
WHERE
  NOT p.opening_balance IS NULL;
