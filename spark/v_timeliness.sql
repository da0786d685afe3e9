-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 5a66be220c1c8a5c9c550b3616e03487af5c9c7c045c6bf75c55ff0003354659
CREATE VIEW mart.v_timeliness AS
WITH published AS (
  SELECT
    _0.disclosure_key AS disclosure_key,
    MIN(_0.approval_date) AS approval_date,
    MAX(_0.published_date) AS published_date,
    MAX(_0.versions) AS versions
  FROM (
    SELECT
      dim_document.disclosure_key AS disclosure_key,
      dim_document.document_kind AS document_kind,
      MIN(dim_document.approval_date) AS approval_date,
      MIN(dim_document.published_date) AS published_date,
      MAX(dim_document.version) AS versions
    FROM core.dim_document AS dim_document
    WHERE
      dim_document.outcome = 'loaded'
    GROUP BY
      dim_document.disclosure_key,
      dim_document.document_kind
  ) AS _0
  GROUP BY
    _0.disclosure_key
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  y.disclosure_key AS disclosure_key,
  p.approval_date AS approval_date,
  p.published_date AS published_date,
  DATEDIFF(DAY, p.approval_date, p.published_date) AS lag_days,
  DATEDIFF(DAY, p.approval_date, p.published_date) <= 20 AS is_on_time,
  p.versions AS versions,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM published AS p
JOIN mart.v_department_year AS y
  ON p.disclosure_key = y.disclosure_key;
