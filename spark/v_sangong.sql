-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: f6276baf1cabe7e98d67bbc2ebab49c1a38bbc8ed853164ca66b75c4eb929316
CREATE VIEW mart.v_sangong AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  SUBSTRING(n.headline, 14) AS item,
  n.headline_name AS item_name,
  CAST(b.value AS DECIMAL(28, 2)) AS budget,
  NULLIF(b.phase, '') AS three_public_budget_basis,
  CAST(f.value AS DECIMAL(28, 2)) AS final_account,
  (
    TRY_CAST((
      CASE
        WHEN CAST(b.value AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              f.value - b.value
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              f.value - b.value
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              f.value - b.value
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(b.value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(b.value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(b.value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  f.value - b.value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(b.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  f.value - b.value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(b.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(b.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(b.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS deviation_percent,
  CAST(f.prior_value AS DECIMAL(28, 2)) AS prior_final_account,
  f.prior_source AS base_source,
  (
    TRY_CAST((
      CASE
        WHEN CAST(f.prior_value AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              f.value - f.prior_value
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              f.value - f.prior_value
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              f.value - f.prior_value
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(f.prior_value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(f.prior_value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(f.prior_value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  f.value - f.prior_value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(f.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  f.value - f.prior_value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(f.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(f.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(f.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS change_percent,
  (
    TRY_CAST((
      CASE
        WHEN CAST(u.value AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(f.value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(f.value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(f.value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(u.value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(u.value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(u.value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(f.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(u.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(f.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(u.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(u.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(u.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_of_public_cost_percent,
  c.three_public_scope_flag AS three_public_scope_flag,
  f.value_source AS value_source,
  f.doubt AS doubt,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  f.figure_key AS figure_key,
  f.claim_key AS claim_key,
  COALESCE(b.figure_key, b.claim_key) AS budget_key,
  COALESCE(f.document_key, b.document_key) AS document_key
FROM mart.v_department_year AS y
JOIN core.dim_headline AS n
  ON n.headline LIKE 'three_public_%' AND n.headline NOT LIKE '%_budget'
LEFT JOIN core.fact_headline AS f
  ON f.region_code = y.region_code
  AND f.department_key = y.department_key
  AND f.fiscal_year = y.fiscal_year
  AND f.headline = n.headline
LEFT JOIN core.fact_headline AS b
  ON b.region_code = y.region_code
  AND b.department_key = y.department_key
  AND b.fiscal_year = y.fiscal_year
  AND b.headline = n.headline || '_budget'
LEFT JOIN core.fact_headline AS u
  ON u.region_code = y.region_code
  AND u.department_key = y.department_key
  AND u.fiscal_year = y.fiscal_year
  AND u.headline = 'basic_public'
LEFT JOIN mart.v_comparability AS c
  ON c.department_key = y.department_key AND c.fiscal_year = y.fiscal_year
WHERE
  NOT f.value IS NULL OR NOT b.value IS NULL;
