-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 40a1df4c5fd3d0b25c75a27505787e398518367d6cf0fb9ba6bffe01fc1a7c8a
CREATE VIEW mart.v_coverage AS
SELECT
  c.department_key AS department_key,
  c.department_name AS department_name,
  c.region_code AS region_code,
  c.level AS level,
  c.fiscal_year AS fiscal_year,
  c.has_workbook AS has_workbook,
  c.has_text AS has_text,
  c.state AS state,
  t.is_on_time AS is_on_time,
  c.expected_by AS expected_by,
  c.successor_department_key AS successor_department_key,
  c.superseded_documents AS superseded_documents,
  d.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_coverage AS c
LEFT JOIN core.dim_department AS d
  ON d.department_key = c.department_key
LEFT JOIN mart.v_department_year AS y
  ON y.department_key = c.department_key AND y.fiscal_year = c.fiscal_year
LEFT JOIN mart.v_timeliness AS t
  ON t.department_key = c.department_key AND t.fiscal_year = c.fiscal_year;
