-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 476696a9bf4752ab0255137150afd10d5ff5de281d3f1c513ab7a7347149e2bf
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
  (
    CASE WHEN y.population = CAST(y.population AS BIGINT) THEN CAST(y.population AS BIGINT) END
  ) AS population,
  y.deflator AS deflator,
  y.series_key AS series_key,
  y.prior_department_key AS prior_department_key
FROM core.fact_department_year AS y
LEFT JOIN core.disclosure_quality AS q
  ON y.disclosure_key = q.disclosure_key
LEFT JOIN core.fact_staff AS s
  ON y.department_key = s.department_key AND y.fiscal_year = s.fiscal_year;
