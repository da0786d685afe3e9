-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 6c5ce31ee0caf24cde06b0b32d04970652e7fcbff3934fe67dfcbddd14132455
CREATE VIEW mart.v_services AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  a.row_name AS service,
  a.amount_yuan AS amount_yuan,
  (
    TRY_CAST((
      CASE
        WHEN CAST(t.value AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(a.amount_yuan AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(a.amount_yuan AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(a.amount_yuan AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(t.value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(t.value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(t.value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(a.amount_yuan AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(t.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(a.amount_yuan AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(t.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(t.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(t.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_percent,
  'table' AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  a.document_key AS document_key,
  a.figure_key AS figure_key
FROM core.fact_amount AS a
JOIN mart.v_department_year AS y
  ON a.department_key = y.department_key AND a.fiscal_year = y.fiscal_year
LEFT JOIN core.fact_headline AS t
  ON t.department_key = a.department_key AND t.fiscal_year = a.fiscal_year AND t.headline = 'service_purchase_total'
WHERE
  a.is_current
  AND a.report_table = 'service_purchase'
  AND a.row_role = 'detail'
  AND a.value_kind = 'money'
  AND a.phase = 'final_account';
