-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: b05b1505ee48c3cb886b9a25f79704ef9fc87e6d0f59494f0fac90de7277229f
CREATE VIEW mart.v_department_year AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.region_name AS region_name,
  y.region_level AS region_level,
  y.level AS level,
  y.sector AS sector,
  y.fiscal_year AS fiscal_year,
  y.disclosure_key AS disclosure_key,
  y.workbook_document_key AS workbook_document_key,
  y.text_document_key AS text_document_key,
  y.documents AS documents,
  COALESCE(q.errors, 0) AS errors,
  COALESCE(q.warnings, 0) AS warnings,
  CASE WHEN q.errors > 0 THEN 'error' WHEN q.warnings > 0 THEN 'warning' ELSE 'clean' END AS quality_flag,
  s.staff AS staff,
  s.staff_source AS staff_source,
  y.population AS population,
  y.deflator AS deflator,
  y.series_key AS series_key,
  y.prior_department_key AS prior_department_key
FROM core.fact_department_year AS y
LEFT JOIN core.disclosure_quality AS q
  ON y.disclosure_key = q.disclosure_key
LEFT JOIN core.fact_staff AS s
  ON y.department_key = s.department_key AND y.fiscal_year = s.fiscal_year;
