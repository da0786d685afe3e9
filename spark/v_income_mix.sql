-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 20a22b0139e2d0f1e48cf16daf34d7be12517f0c7fc50cd0a722938e7f4b6f84
CREATE VIEW mart.v_income_mix AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  h.headline AS income_source,
  n.headline_name AS income_source_name,
  CAST(h.value AS DECIMAL(28, 2)) AS amount_yuan,
  (
    TRY_CAST((
      CASE
        WHEN CAST(t.value AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(h.value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(h.value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(h.value AS DECIMAL(28, 8))
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
                2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(t.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(t.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
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
JOIN core.dim_headline AS n
  ON h.headline = n.headline
LEFT JOIN core.fact_headline AS t
  ON t.region_code = h.region_code
  AND t.department_key = h.department_key
  AND t.fiscal_year = h.fiscal_year
  AND t.headline = 'income'
WHERE
  h.value_source <> 'blank'
  AND h.headline IN (
    'income_fiscal',
    'income_superior_subsidy',
    'income_business',
    'income_operating',
    'income_affiliate',
    'income_other'
  );
