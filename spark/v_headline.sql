-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: c0ad981285851c4bd2bf6054f9984ffc07cc01caa3c591708cee58f2dfe9486f
CREATE VIEW mart.v_headline AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  h.headline AS headline,
  n.headline_name AS headline_name,
  n.headline_name_en AS headline_name_en,
  n.unit AS unit,
  h.value AS value,
  h.half_unit AS half_unit,
  h.value_source AS value_source,
  h.doubt AS doubt,
  h.prior_value AS prior_value,
  h.prior_source AS base_source,
  h.place AS place,
  h.figure_key AS figure_key,
  h.claim_key AS claim_key,
  h.document_key AS document_key,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_headline AS h
JOIN mart.v_department_year AS y
  ON h.department_key = y.department_key AND h.region_code = y.region_code AND h.fiscal_year = y.fiscal_year
JOIN core.dim_headline AS n
  ON h.headline = n.headline;
