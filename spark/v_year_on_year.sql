-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 47a449499a60f52e23211721b1c5a8ab376c103234cb392caa0e73eb2a751b28
CREATE VIEW mart.v_year_on_year AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  h.headline AS headline,
  n.headline_name AS headline_name,
  n.headline_name_en AS headline_name_en,
  n.unit AS unit,
  h.value AS value,
  h.value_source AS value_source,
  h.published_prior AS published_prior,
  h.implied_prior AS implied_prior,
  h.prior_value AS prior_value,
  h.prior_source AS base_source,
  h.value - h.prior_value AS change,
  (
    TRY_CAST((
      CASE
        WHEN CAST(ABS(h.prior_value) AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              h.value - h.prior_value
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              h.value - h.prior_value
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              h.value - h.prior_value
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(ABS(h.prior_value) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(ABS(h.prior_value) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(ABS(h.prior_value) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  h.value - h.prior_value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(h.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  h.value - h.prior_value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(h.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(ABS(h.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(ABS(h.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS change_percent,
  CASE
    WHEN h.prior_value IS NULL
    THEN 'no_base'
    WHEN CONTAINS(h.doubt, 'magnitude') OR CONTAINS(p.doubt, 'magnitude')
    THEN 'doubtful'
    WHEN h.prior_source = 'implied'
    THEN CASE WHEN h.prior_value = 0 AND h.value <> 0 THEN 'new' ELSE 'comparable' END
    WHEN NOT c.is_comparable
    AND c.reform_flag
    OR h.headline LIKE 'three_public%'
    AND c.three_public_scope_flag
    OR h.headline LIKE 'three_public%budget'
    AND c.budget_basis_flag
    THEN 'not_comparable'
    WHEN h.prior_value = 0 AND h.value <> 0
    THEN 'new'
    WHEN NOT c.former_department_key IS NULL
    THEN 'renamed'
    ELSE 'comparable'
  END AS change_flag,
  h.half_unit AS half_unit,
  h.doubt AS doubt,
  p.doubt AS prior_doubt,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  h.document_key AS document_key,
  h.figure_key AS figure_key,
  h.claim_key AS claim_key
FROM core.fact_headline AS h
JOIN mart.v_department_year AS y
  ON h.department_key = y.department_key AND h.region_code = y.region_code AND h.fiscal_year = y.fiscal_year
JOIN core.dim_headline AS n
  ON h.headline = n.headline
LEFT JOIN mart.v_comparability AS c
  ON COALESCE(h.department_key, y.department_key) = c.department_key
  AND COALESCE(h.fiscal_year, y.fiscal_year) = c.fiscal_year
LEFT JOIN core.fact_headline AS p
  ON p.region_code = h.region_code
  AND p.department_key = y.prior_department_key
  AND p.headline = h.headline
  AND p.fiscal_year = h.fiscal_year - 1;
