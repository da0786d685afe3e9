-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: fcf6693e2606bc64d1efeffed1e39fc7e4f940c898cb3aa5ff5ace76c728a44d
CREATE VIEW mart.v_soc AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  CAST(h.value AS DECIMAL(28, 2)) AS capital_expenditure,
  h.value = 0 AND h.value_source <> 'table' AS is_nil_declared,
  h.value_source AS value_source,
  h.doubt AS doubt,
  h.figure_key AS figure_key,
  h.claim_key AS claim_key,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  h.document_key AS document_key
FROM core.fact_headline AS h
JOIN mart.v_department_year AS y
  ON h.department_key = y.department_key AND h.region_code = y.region_code AND h.fiscal_year = y.fiscal_year
WHERE
  h.headline = 'capital_expenditure';
