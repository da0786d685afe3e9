-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 2a467e5eddd075a2d9330ca1748ef2b91f60275f3bde705aec7950d6a6d95b05
CREATE VIEW mart.v_balance_chain AS
WITH balances AS (
  SELECT
    _values._col_0 AS fund,
    _values._col_1 AS headline,
    _values._col_2 AS is_opening
  FROM VALUES
    ('all', 'opening_balance', TRUE),
    ('all', 'closing_balance', FALSE),
    ('fiscal', 'fiscal_opening_balance', TRUE),
    ('fiscal', 'fiscal_closing_balance', FALSE) AS _values(_col_0, _col_1, _col_2)
), opened AS (
  SELECT
    h.department_key AS department_key,
    h.region_code AS region_code,
    h.fiscal_year AS fiscal_year,
    b.fund AS fund,
    MAX(h.half_unit) AS half_unit,
    CAST(MAX(h.value) FILTER(WHERE
      b.is_opening) AS DECIMAL(28, 2)) AS opening_balance,
    MAX(h.document_key) FILTER(WHERE
      b.is_opening) AS document_key,
    MAX(COALESCE(h.figure_key, h.claim_key)) FILTER(WHERE
      b.is_opening) AS opening_key
  FROM core.fact_headline AS h
  JOIN balances AS b
    ON b.headline = h.headline
  GROUP BY
    h.department_key,
    h.region_code,
    h.fiscal_year,
    b.fund
), closed AS (
  SELECT
    y.department_key AS department_key,
    y.region_code AS region_code,
    y.fiscal_year AS fiscal_year,
    b.fund AS fund,
    MAX(h.half_unit) AS half_unit,
    CAST(MAX(h.value) FILTER(WHERE
      NOT b.is_opening) AS DECIMAL(28, 2)) AS closing_balance,
    MAX(COALESCE(h.figure_key, h.claim_key)) FILTER(WHERE
      NOT b.is_opening) AS closing_key
  FROM core.fact_department_year AS y
  JOIN core.fact_headline AS h
    ON h.department_key = y.prior_department_key
    AND h.region_code = y.region_code
    AND h.fiscal_year = y.fiscal_year - 1
  JOIN balances AS b
    ON b.headline = h.headline
  GROUP BY
    y.department_key,
    y.region_code,
    y.fiscal_year,
    b.fund
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
FROM opened AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
LEFT JOIN closed AS q
  ON q.department_key = p.department_key
  AND q.region_code = p.region_code
  AND q.fiscal_year = p.fiscal_year
  AND q.fund = p.fund
WHERE
  NOT p.opening_balance IS NULL;
