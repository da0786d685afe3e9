-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 05568fb9f3d69938ccc87c0d531d98c0db5ee594366de4692fa34569175c575a
CREATE VIEW mart.v_outliers AS
SELECT
  o.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  o.fiscal_year AS fiscal_year,
  o.measure AS measure,
  m.unit AS unit,
  m.value AS value,
  g.peers AS peers,
  g.peer_median AS peer_median,
  g.robust_z AS robust_z,
  o.prior_value AS prior_value,
  m.value - o.prior_value AS change,
  CASE
    WHEN m.unit = '元'
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(ABS(o.prior_value) AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST((
                m.value - o.prior_value
              ) AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST((
                m.value - o.prior_value
              ) AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST((
                m.value - o.prior_value
              ) AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * CASE
            WHEN (
              CAST(ABS(o.prior_value) AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(ABS(o.prior_value) AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(ABS(o.prior_value) AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(CAST((
                    m.value - o.prior_value
                  ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(o.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST((
                    m.value - o.prior_value
                  ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(o.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(CAST(ABS(o.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(CAST(ABS(o.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
    )
  END AS change_percent,
  o.at_stake AS money_at_stake,
  o.outlier_rank AS outlier_rank,
  CASE WHEN o.is_far AND o.is_sudden THEN 'both' WHEN o.is_far THEN 'peers' ELSE 'history' END AS flag,
  m.number_keys AS number_keys,
  t.grade AS grade,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_outlier AS o
JOIN core.fact_entity_measure AS m
  ON m.department_key = o.department_key AND m.fiscal_year = o.fiscal_year AND m.measure = o.measure
JOIN mart.v_department_year AS y
  ON y.department_key = o.department_key AND y.fiscal_year = o.fiscal_year
LEFT JOIN core.fact_peer_rank AS g
  ON g.department_key = o.department_key AND g.fiscal_year = o.fiscal_year AND g.measure = o.measure
LEFT JOIN (
  SELECT
    v_trust.disclosure_key AS disclosure_key,
    v_trust.grade AS grade
  FROM mart.v_trust AS v_trust
) AS t
  ON t.disclosure_key = y.disclosure_key;
