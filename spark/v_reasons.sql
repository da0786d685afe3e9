-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 6e5508cb81c87f5613d3dacabeaa9ccdcb66850cfac5c39bb96c783e7a2bbdc2
CREATE VIEW mart.v_reasons AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  r.item AS item,
  r.function_code AS function_code,
  r.economic_code AS economic_code,
  r.fund AS fund,
  r.basis AS basis,
  r.change_yuan AS change_yuan,
  r.change_source AS change_source,
  r.direction AS direction,
  r.stated_direction AS stated_direction,
  r.text AS reason,
  t.themes AS themes,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  r.document_key AS document_key,
  r.line_number AS line_number,
  r.claim_key AS claim_key,
  r.change_claim_key AS change_claim_key
FROM core.fact_reason AS r
JOIN mart.v_department_year AS y
  ON r.department_key = y.department_key AND r.fiscal_year = y.fiscal_year
LEFT JOIN (
  SELECT
    r.text AS text,
    LISTAGG(DISTINCT t.theme, '、') WITHIN GROUP (ORDER BY
      t.theme NULLS LAST) AS themes
  FROM (
    SELECT DISTINCT
      fact_reason.text AS text
    FROM core.fact_reason AS fact_reason
  ) AS r
  JOIN core.dim_reason_theme AS t
    ON CONTAINS(r.text, t.keyword)
  GROUP BY
    r.text
) AS t
  ON r.text = t.text
WHERE
  r.is_current;
