-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 6e9b094ea5832892e37601d5ccee245d1981d69ec798359e4f938b31c8807316
CREATE VIEW mart.v_comparability AS
WITH tables AS (
  SELECT
    fact_report_table.department_key AS department_key,
    fact_report_table.fiscal_year AS fiscal_year,
    MIN(fact_report_table.unit) FILTER(WHERE
      fact_report_table.unit <> '') AS unit,
    MAX(fact_report_table.unit) FILTER(WHERE
      fact_report_table.unit <> '') AS other_unit
  FROM core.fact_report_table AS fact_report_table
  WHERE
    fact_report_table.is_current AND NOT fact_report_table.fiscal_year IS NULL
  GROUP BY
    fact_report_table.department_key,
    fact_report_table.fiscal_year
), bases AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.fiscal_year AS fiscal_year,
    NULLIF(fact_headline.phase, '') AS basis
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline = 'three_public_total_budget'
)
SELECT
  h.department_key AS department_key,
  h.department_name AS department_name,
  h.region_code AS region_code,
  h.level AS level,
  h.fiscal_year AS fiscal_year,
  NOT h.prior_department_key IS NULL AS has_prior,
  CASE WHEN h.prior_department_key <> h.department_key THEN h.prior_department_key END AS former_department_key,
  h.reform_flag AS reform_flag,
  NULLIF(s.scope, 'unsaid') AS three_public_scope,
  b.basis AS three_public_budget_basis,
  s.scope <> r.scope AS three_public_scope_flag,
  b.basis <> a.basis AS budget_basis_flag,
  COALESCE(t.unit <> p.unit OR t.other_unit <> p.other_unit, FALSE) AS unit_flag,
  NOT h.prior_department_key IS NULL AND (
    NOT h.reform_flag OR h.prior_department_key <> h.department_key
  ) AS is_comparable,
  h.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_department_year AS h
JOIN mart.v_department_year AS y
  ON y.department_key = h.department_key AND y.fiscal_year = h.fiscal_year
LEFT JOIN tables AS t
  ON t.department_key = h.department_key AND t.fiscal_year = h.fiscal_year
LEFT JOIN tables AS p
  ON p.department_key = h.prior_department_key AND p.fiscal_year = h.fiscal_year - 1
LEFT JOIN core.fact_three_public_basis AS s
  ON s.department_key = h.department_key AND s.fiscal_year = h.fiscal_year
LEFT JOIN core.fact_three_public_basis AS r
  ON r.department_key = h.prior_department_key AND r.fiscal_year = h.fiscal_year - 1
LEFT JOIN bases AS b
  ON b.department_key = h.department_key AND b.fiscal_year = h.fiscal_year
LEFT JOIN bases AS a
  ON a.department_key = h.prior_department_key AND a.fiscal_year = h.fiscal_year - 1;
