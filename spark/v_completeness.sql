-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 141119ce25ac3058f0378ee8987a6ee588d01b9eb2493a4234360c3dedb2f214
CREATE VIEW mart.v_completeness AS
WITH tables AS (
  SELECT
    fact_report_table.department_key AS department_key,
    fact_report_table.fiscal_year AS fiscal_year,
    COUNT(*) FILTER(WHERE
      fact_report_table.state = 'data') AS tables_with_data,
    COUNT(*) FILTER(WHERE
      fact_report_table.state = 'declared_empty') AS tables_declared_empty,
    COUNT(*) FILTER(WHERE
      fact_report_table.state = 'empty') AS tables_empty,
    COLLECT_LIST(DISTINCT fact_report_table.report_table) AS found
  FROM core.fact_report_table AS fact_report_table
  WHERE
    fact_report_table.is_current
  GROUP BY
    fact_report_table.department_key,
    fact_report_table.fiscal_year
), required AS (
  SELECT
    r.place AS place,
    r.alternatives AS alternatives
  FROM VALUES
    (1, ARRAY('income_expenditure_summary')),
    (2, ARRAY('income', 'income_by_unit')),
    (3, ARRAY('expenditure', 'expenditure_by_unit')),
    (4, ARRAY('fiscal_summary')),
    (5, ARRAY('general_budget_expenditure', 'general_budget_income_expenditure')),
    (6, ARRAY('general_budget_basic', 'fiscal_basic')),
    (7, ARRAY('government_fund')),
    (8, ARRAY('state_capital', 'state_capital_income_expenditure')),
    (
      9,
      ARRAY('three_public', 'three_public_meeting_training', 'three_public_running_cost', 'institution_operation')
    ) AS r(place, alternatives)
), missing_tables AS (
  SELECT
    y.department_key AS department_key,
    y.fiscal_year AS fiscal_year,
    LISTAGG(t.report_table_name, '、') WITHIN GROUP (ORDER BY
      r.place NULLS LAST) AS missing_tables
  FROM mart.v_department_year AS y
  CROSS JOIN required AS r
  JOIN core.dim_report_table AS t
    ON t.report_table = r.alternatives[0]
  LEFT JOIN tables AS f
    ON y.department_key = f.department_key AND y.fiscal_year = f.fiscal_year
  WHERE
    NOT ARRAYS_OVERLAP(COALESCE(f.found, ARRAY()), r.alternatives)
  GROUP BY
    y.department_key,
    y.fiscal_year
), missing_headlines AS (
  SELECT
    y.department_key AS department_key,
    y.fiscal_year AS fiscal_year,
    LISTAGG(h.headline_name, '、') WITHIN GROUP (ORDER BY
      h.headline NULLS LAST) AS missing_headlines
  FROM mart.v_department_year AS y
  CROSS JOIN core.dim_headline AS h
  LEFT JOIN core.fact_headline AS f
    ON f.department_key = y.department_key AND f.fiscal_year = y.fiscal_year AND f.headline = h.headline
  WHERE
    h.is_required
    AND f.headline IS NULL
    AND (
      h.headline <> 'running_cost'
      OR y.level = 'department'
      AND NOT y.department_name RLIKE '(?:中心|台|党校|学校|学院|大学|中学|小学|幼儿园|医院|馆|站|研究院|研究所|报社|出版社|林场|农场)$'
    )
  GROUP BY
    y.department_key,
    y.fiscal_year
), unclaimed AS (
  SELECT
    dim_document.department_key AS department_key,
    dim_document.fiscal_year AS fiscal_year,
    SUM(dim_document.unclaimed_numbers) AS unclaimed_numbers
  FROM core.dim_document AS dim_document
  WHERE
    dim_document.is_current
  GROUP BY
    dim_document.department_key,
    dim_document.fiscal_year
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  y.disclosure_key AS disclosure_key,
  COALESCE(t.tables_with_data, 0) AS tables_with_data,
  COALESCE(t.tables_declared_empty, 0) AS tables_declared_empty,
  COALESCE(t.tables_empty, 0) AS tables_empty,
  m.missing_tables AS missing_tables,
  h.missing_headlines AS missing_headlines,
  CAST(COALESCE(u.unclaimed_numbers, 0) AS BIGINT) AS unclaimed_numbers,
  m.missing_tables IS NULL AND h.missing_headlines IS NULL AS is_complete,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM mart.v_department_year AS y
LEFT JOIN tables AS t
  ON y.department_key = t.department_key AND y.fiscal_year = t.fiscal_year
LEFT JOIN missing_tables AS m
  ON COALESCE(y.department_key, t.department_key) = m.department_key
  AND COALESCE(y.fiscal_year, t.fiscal_year) = m.fiscal_year
LEFT JOIN missing_headlines AS h
  ON COALESCE(y.department_key, t.department_key, m.department_key) = h.department_key
  AND COALESCE(y.fiscal_year, t.fiscal_year, m.fiscal_year) = h.fiscal_year
LEFT JOIN unclaimed AS u
  ON COALESCE(y.department_key, t.department_key, m.department_key, h.department_key) = u.department_key
  AND COALESCE(y.fiscal_year, t.fiscal_year, m.fiscal_year, h.fiscal_year) = u.fiscal_year;
