-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 50d6208496d9c5e4bff0090af48943da6db73629fbfa515a0decf2b375a5ce80
CREATE VIEW mart.v_running_cost AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  CAST(h.value AS DECIMAL(28, 2)) AS running_cost,
  CAST(h.prior_value AS DECIMAL(28, 2)) AS prior_running_cost,
  h.prior_source AS base_source,
  (
    TRY_CAST((
      CASE
        WHEN CAST(h.prior_value AS DECIMAL(28, 8)) <> 0
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
            CAST(h.prior_value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(h.prior_value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(h.prior_value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  h.value - h.prior_value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(h.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  h.value - h.prior_value
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(h.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(h.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(h.prior_value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS change_percent,
  y.staff AS staff,
  CASE
    WHEN y.staff >= 3
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(y.staff AS DECIMAL(28, 8)) <> 0
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
              CAST(y.staff AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(y.staff AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(y.staff AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(CAST(y.staff AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    )
  END AS running_cost_per_head,
  (
    TRY_CAST((
      CASE
        WHEN CAST(g.value AS DECIMAL(28, 8)) <> 0
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
            CAST(g.value AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(g.value AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(g.value AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(g.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(g.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(g.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(g.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_of_general_percent,
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
LEFT JOIN core.fact_headline AS g
  ON g.region_code = h.region_code
  AND g.department_key = h.department_key
  AND g.fiscal_year = h.fiscal_year
  AND g.headline = 'general_expenditure'
WHERE
  h.headline = 'running_cost';
