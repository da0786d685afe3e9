-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 814a5b788f733283180a8e94032a7e261e860e93316b1e6a4ee2309f7cd5deea
CREATE VIEW mart.v_trust_reason AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  t.check_id AS check_id,
  c.check_name AS check_name,
  c.check_name_en AS check_name_en,
  t.subject AS subject,
  t.severity AS severity,
  CAST(t.difference_yuan AS DECIMAL(28, 2)) AS difference_yuan,
  t.difference_percent AS difference_percent,
  t.weight AS weight,
  t.number_keys AS number_keys,
  t.message AS message,
  y.disclosure_key AS disclosure_key,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_trust AS t
JOIN mart.v_department_year AS y
  ON t.disclosure_key = y.disclosure_key
JOIN core.dim_check AS c
  ON t.check_id = c.check_id;
