-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: c3f8a0a966b2893f3ff414eac43c41deb5a430c44368aad3c3c6757b6bb53496
CREATE VIEW mart.v_said_in_words AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  SPLIT_PART(c.word_code, '.', 1) AS word_kind,
  SPLIT_PART(c.word_code, '.', 2) AS stated_word,
  c.item AS item,
  NULLIF(c.line, '') AS line,
  c.fund AS fund,
  c.measure AS measure,
  c.basis AS basis,
  c.printed AS printed,
  c.sentence AS sentence,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  c.document_key AS document_key,
  c.line_number AS line_number,
  c.claim_key AS claim_key
FROM core.fact_claim AS c
JOIN mart.v_department_year AS y
  ON c.department_key = y.department_key AND c.fiscal_year = y.fiscal_year
WHERE
  c.is_current AND c.word_code <> '';
