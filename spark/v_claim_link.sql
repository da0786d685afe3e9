-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: e51e596e9e7c1e692d3639a5673fb609ea3027c43743dee9e2a59ae091bce222
CREATE VIEW mart.v_claim_link AS
SELECT
  l.claim_key AS claim_key,
  CASE WHEN l.cell <> '' THEN l.figure_document_key || '/' || l.sheet_number || '/' || l.cell END AS figure_key,
  l.department_key AS department_key,
  p.department_name AS department_name,
  p.region_code AS region_code,
  p.level AS level,
  l.fiscal_year AS fiscal_year,
  l.section AS section,
  l.item AS item,
  l.measure AS measure,
  l.check_id AS check_id,
  l.outcome AS outcome,
  l.reason AS unlinked_reason,
  l.claim_printed AS claim_printed,
  l.claim_unit AS claim_unit,
  l.claim_amount AS claim_amount,
  NULLIF(l.figure_printed, '') AS figure_printed,
  NULLIF(l.figure_unit, '') AS figure_unit,
  l.figure_amount AS figure_amount,
  'line ' || l.line_number || ':' || l.char_start || '-' || l.char_end AS claim_place,
  CASE WHEN l.cell <> '' THEN l.sheet || '!' || l.cell END AS figure_place,
  l.document_key AS claim_document_key,
  NULLIF(l.figure_document_key, '') AS figure_document_key,
  p.series_key AS series_key,
  p.quality_flag AS quality_flag
FROM core.claim_link AS l
JOIN mart.v_department_year AS p
  ON p.department_key = l.department_key AND p.fiscal_year = l.fiscal_year;
