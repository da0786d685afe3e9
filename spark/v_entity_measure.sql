-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: bd549e6610cf42306bddbd82e7e35100539910af696161e5b36f9fe98d46b94d
CREATE VIEW mart.v_entity_measure AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  m.measure AS measure,
  m.unit AS unit,
  m.value AS value,
  m.number_keys AS number_keys,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_entity_measure AS m
JOIN mart.v_department_year AS y
  ON m.department_key = y.department_key AND m.fiscal_year = y.fiscal_year;
