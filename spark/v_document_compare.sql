-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 81f9de13fcdd27392451f68e5d4d77d5fe35c0e76bdc26a3fb5a377cd1be99ba
CREATE VIEW mart.v_document_compare AS
WITH pairs AS (
  SELECT
    e.disclosure_key AS disclosure_key,
    e.document_key AS earlier_document_key,
    l.document_key AS later_document_key,
    e.version AS earlier_version,
    l.version AS later_version
  FROM core.dim_document AS e
  JOIN core.dim_document AS l
    ON l.disclosure_key = e.disclosure_key AND l.document_kind = e.document_kind AND l.version = e.version + 1
  WHERE
    e.outcome = 'loaded' AND l.outcome = 'loaded'
), numbered AS (
  SELECT
    fact_amount.disclosure_key AS disclosure_key,
    fact_amount.document_key AS document_key,
    fact_amount.report_table AS report_table,
    fact_amount.side AS side,
    COALESCE(fact_amount.code, '') AS code,
    fact_amount.row_name AS row_name,
    COALESCE(fact_amount.parent_label, '') AS parent_label,
    fact_amount.component AS component,
    fact_amount.phase AS phase,
    fact_amount.fund AS fund,
    fact_amount.flow AS flow,
    fact_amount.amount_yuan AS amount_yuan,
    fact_amount.sheet || '!' || fact_amount.cell AS place,
    ROW_NUMBER() OVER (
      PARTITION BY fact_amount.disclosure_key, fact_amount.document_key, fact_amount.report_table, fact_amount.side, fact_amount.code, fact_amount.row_name, fact_amount.parent_label, fact_amount.component, fact_amount.phase, fact_amount.fund, fact_amount.flow
      ORDER BY fact_amount.sheet_number NULLS LAST, fact_amount.row_number NULLS LAST, fact_amount.column_number NULLS LAST
    ) AS repetition
  FROM core.fact_amount AS fact_amount
  WHERE
    fact_amount.value_kind = 'money'
    AND fact_amount.disclosure_key IN (
      SELECT
        pairs.disclosure_key AS disclosure_key
      FROM pairs AS pairs
    )
), roles AS (
  SELECT
    pairs.disclosure_key AS disclosure_key,
    pairs.earlier_document_key AS earlier_document_key,
    pairs.later_document_key AS later_document_key,
    pairs.earlier_version AS earlier_version,
    pairs.later_version AS later_version,
    pairs.earlier_document_key AS document_key,
    'earlier' AS role
  FROM pairs AS pairs
  UNION ALL
  SELECT
    pairs.disclosure_key AS disclosure_key,
    pairs.earlier_document_key AS earlier_document_key,
    pairs.later_document_key AS later_document_key,
    pairs.earlier_version AS earlier_version,
    pairs.later_version AS later_version,
    pairs.later_document_key AS later_document_key,
    'later' AS later
  FROM pairs AS pairs
), compared AS (
  SELECT
    r.disclosure_key AS disclosure_key,
    r.earlier_document_key AS earlier_document_key,
    r.later_document_key AS later_document_key,
    r.earlier_version AS earlier_version,
    r.later_version AS later_version,
    n.report_table AS report_table,
    n.side AS side,
    n.code AS code,
    n.row_name AS row_name,
    n.parent_label AS parent_label,
    n.component AS component,
    n.phase AS phase,
    n.fund AS fund,
    n.flow AS flow,
    n.repetition AS repetition,
    MAX(n.amount_yuan) FILTER(WHERE
      r.role = 'earlier') AS earlier_amount,
    MAX(n.amount_yuan) FILTER(WHERE
      r.role = 'later') AS later_amount,
    MAX(n.place) FILTER(WHERE
      r.role = 'earlier') AS earlier_place,
    MAX(n.place) FILTER(WHERE
      r.role = 'later') AS later_place
  FROM roles AS r
  JOIN numbered AS n
    ON r.disclosure_key = n.disclosure_key AND r.document_key = n.document_key
  GROUP BY
    r.disclosure_key,
    r.earlier_document_key,
    r.later_document_key,
    r.earlier_version,
    r.later_version,
    n.report_table,
    n.side,
    n.code,
    n.row_name,
    n.parent_label,
    n.component,
    n.phase,
    n.fund,
    n.flow,
    n.repetition
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  COALESCE(compared.disclosure_key, y.disclosure_key) AS disclosure_key,
  compared.earlier_document_key AS earlier_document_key,
  compared.later_document_key AS later_document_key,
  compared.earlier_version AS earlier_version,
  compared.later_version AS later_version,
  compared.report_table AS report_table,
  compared.side AS side,
  compared.code AS code,
  compared.row_name AS row_name,
  compared.component AS component,
  compared.phase AS phase,
  compared.fund AS fund,
  compared.flow AS flow,
  compared.earlier_amount AS earlier_amount,
  compared.later_amount AS later_amount,
  compared.earlier_place AS earlier_place,
  compared.later_place AS later_place,
  CASE
    WHEN compared.later_place IS NULL
    THEN 'removed'
    WHEN compared.earlier_place IS NULL
    THEN 'added'
    ELSE 'changed'
  END AS change_kind,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM compared AS compared
JOIN mart.v_department_year AS y
  ON compared.disclosure_key = y.disclosure_key
WHERE
  compared.earlier_amount IS DISTINCT FROM compared.later_amount;
