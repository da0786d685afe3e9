-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 3c4302511b287376af37d8141d59ddc5effac225fb719432d52f9b8441ba8e99
CREATE VIEW mart.v_peer_group AS
SELECT
  r.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  r.fiscal_year AS fiscal_year,
  r.peer_key AS peer_key,
  r.measure AS measure,
  m.value AS value,
  r.peers AS peers,
  r.peer_median AS peer_median,
  r.peer_mad AS peer_mad,
  r.robust_z AS robust_z,
  m.number_keys AS number_keys,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_peer_rank AS r
JOIN core.fact_entity_measure AS m
  ON r.department_key = m.department_key AND r.fiscal_year = m.fiscal_year AND r.measure = m.measure
JOIN mart.v_department_year AS y
  ON COALESCE(r.department_key, m.department_key) = y.department_key
  AND COALESCE(r.fiscal_year, m.fiscal_year) = y.fiscal_year;
