-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 1b92d7add3b5ad318e0a91460dc6861687f1ade064075c9eb0aaebc0e9755109
CREATE VIEW mart.v_procurement AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  SUBSTRING(h.headline, 13) AS kind,
  CAST(h.value AS DECIMAL(28, 2)) AS amount_yuan,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.total AS DECIMAL(28, 8)) <> 0
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
            CAST(p.total AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.total AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.total AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(h.value AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_percent,
  CASE WHEN h.headline = 'procurement_total' THEN p.sme_amount END AS sme_amount,
  CASE WHEN h.headline = 'procurement_total' THEN p.sme_source END AS sme_source,
  CASE WHEN h.headline = 'procurement_total' THEN p.micro_amount END AS micro_amount,
  CASE
    WHEN h.headline = 'procurement_total'
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(p.total AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(p.sme_amount AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(p.sme_amount AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(p.sme_amount AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * CASE
            WHEN (
              CAST(p.total AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(p.total AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(p.total AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(CAST(p.sme_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(p.sme_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
    )
  END AS sme_percent,
  CASE
    WHEN h.headline = 'procurement_total'
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(p.total AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(p.micro_amount AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(p.micro_amount AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(p.micro_amount AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * CASE
            WHEN (
              CAST(p.total AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(p.total AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(p.total AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(CAST(p.micro_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(p.micro_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(CAST(p.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
    )
  END AS micro_percent_of_total,
  CASE
    WHEN h.headline = 'procurement_total'
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(p.sme_amount AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(p.micro_amount AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(p.micro_amount AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(p.micro_amount AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * CASE
            WHEN (
              CAST(p.sme_amount AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(p.sme_amount AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(p.sme_amount AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(CAST(p.micro_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.sme_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(p.micro_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.sme_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(CAST(p.sme_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(CAST(p.sme_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
    )
  END AS micro_percent_of_sme,
  CASE WHEN h.headline = 'procurement_total' THEN p.reserved_budget END AS reserved_budget,
  h.value_source AS value_source,
  h.doubt AS doubt,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  h.document_key AS document_key,
  h.figure_key AS figure_key,
  h.claim_key AS claim_key
FROM core.fact_headline AS h
JOIN mart.v_department_year AS y
  ON h.department_key = y.department_key AND h.region_code = y.region_code AND h.fiscal_year = y.fiscal_year
JOIN core.fact_sme AS p
  ON COALESCE(h.department_key, y.department_key) = p.department_key
  AND COALESCE(h.fiscal_year, y.fiscal_year) = p.fiscal_year
WHERE
  h.headline IN ('procurement_total', 'procurement_goods', 'procurement_works', 'procurement_services');
