-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: f8a25ac62aa1d2aed8ee0b2d054058dfb6a3e5b11244b241a21af9377aebd9bf
CREATE VIEW mart.v_figure_source AS
SELECT
  a.figure_key AS figure_key,
  d.file AS file,
  d.version AS version,
  a.is_current AS is_current,
  d.source_address AS source_address,
  d.published_date AS published_date,
  a.sheet || '!' || a.cell AS place,
  a.department_key AS department_key,
  d.department_name AS department_name,
  d.region_code AS region_code,
  d.level AS level,
  a.fiscal_year AS fiscal_year,
  a.report_table AS report_table,
  t.report_table_name AS report_table_name,
  a.side AS side,
  a.row_role AS row_role,
  a.line AS line,
  a.component AS component,
  a.phase AS phase,
  a.fund AS fund,
  a.flow AS flow,
  a.code AS code,
  a.function_code AS function_code,
  a.economic_code AS economic_code,
  a.row_label AS row_label,
  a.header_path AS header_path,
  a.printed AS printed,
  a.value AS value,
  a.unit AS unit,
  a.amount_yuan AS amount_yuan,
  a.half_unit AS half_unit,
  a.layout AS layout,
  a.disclosure_key AS disclosure_key,
  a.document_key AS document_key,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_amount AS a
JOIN core.dim_document AS d
  ON a.document_number = d.document_number
LEFT JOIN mart.v_department_year AS y
  ON y.department_key = a.department_key AND y.fiscal_year = a.fiscal_year
LEFT JOIN core.dim_report_table AS t
  ON t.report_table = a.report_table;
