-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 1b96e1a34628318c518a6acedbe6270c69df65640afda96a4f1e8361e907f2a9
CREATE VIEW mart.v_outliers AS
WITH valued AS (
  SELECT
    m.department_key AS department_key,
    m.fiscal_year AS fiscal_year,
    m.measure AS measure,
    m.unit AS unit,
    m.value AS value,
    m.number_keys AS number_keys,
    g.peers AS peers,
    g.peer_median AS peer_median,
    g.robust_z AS robust_z,
    COALESCE(g.is_far, FALSE) AS is_far,
    CASE
      WHEN (
        NOT h.reform_flag OR h.prior_department_key <> h.department_key
      )
      AND (
        m.measure <> 'three_public_total' OR s.scope IS NOT DISTINCT FROM r.scope
      )
      THEN p.value
    END AS prior_value,
    e.value AS expenditure,
    COALESCE(b.value, e.value) AS base
  FROM core.fact_entity_measure AS m
  JOIN core.fact_department_year AS h
    ON h.department_key = m.department_key AND h.fiscal_year = m.fiscal_year
  LEFT JOIN core.fact_peer_rank AS g
    ON g.department_key = m.department_key AND g.fiscal_year = m.fiscal_year AND g.measure = m.measure
  LEFT JOIN core.fact_three_public_basis AS s
    ON s.department_key = m.department_key AND s.fiscal_year = m.fiscal_year
  LEFT JOIN core.fact_three_public_basis AS r
    ON r.department_key = h.prior_department_key AND r.fiscal_year = m.fiscal_year - 1
  LEFT JOIN core.fact_entity_measure AS p
    ON p.department_key = h.prior_department_key AND p.measure = m.measure AND p.fiscal_year = m.fiscal_year - 1
  LEFT JOIN core.fact_entity_measure AS e
    ON e.department_key = m.department_key AND e.fiscal_year = m.fiscal_year AND e.measure = 'expenditure'
  LEFT JOIN core.fact_entity_measure AS b
    ON b.department_key = m.department_key
    AND b.fiscal_year = m.fiscal_year
    AND b.measure = CASE m.measure WHEN 'sme_percent' THEN 'procurement_total' WHEN 'deviation_percent' THEN 'general_expenditure' END
), measured AS (
  SELECT
    valued.department_key AS department_key,
    valued.fiscal_year AS fiscal_year,
    valued.measure AS measure,
    valued.unit AS unit,
    valued.value AS value,
    valued.number_keys AS number_keys,
    valued.peers AS peers,
    valued.peer_median AS peer_median,
    valued.robust_z AS robust_z,
    valued.is_far AS is_far,
    valued.prior_value AS prior_value,
    valued.expenditure AS expenditure,
    valued.base AS base,
    valued.value - valued.prior_value AS change,
    CAST(ABS(valued.value - valued.prior_value) AS DECIMAL(28, 4)) AS moved,
    CAST(ABS(valued.value - CASE WHEN valued.is_far THEN valued.peer_median ELSE valued.prior_value END) AS DECIMAL(28, 4)) AS distance
  FROM valued AS valued
), judged AS (
  SELECT
    measured.department_key AS department_key,
    measured.fiscal_year AS fiscal_year,
    measured.measure AS measure,
    measured.unit AS unit,
    measured.value AS value,
    measured.number_keys AS number_keys,
    measured.peers AS peers,
    measured.peer_median AS peer_median,
    measured.robust_z AS robust_z,
    measured.is_far AS is_far,
    measured.prior_value AS prior_value,
    measured.expenditure AS expenditure,
    measured.base AS base,
    measured.change AS change,
    measured.moved AS moved,
    measured.distance AS distance,
    CASE
      WHEN measured.unit = '%'
      THEN COALESCE(measured.moved > 20, FALSE)
      ELSE COALESCE(
        2 * measured.moved > ABS(measured.prior_value)
        AND measured.prior_value <> 0
        AND (
          measured.measure IN ('car_cost_each', 'reception_per_person', 'pay_per_head')
          OR 100 * measured.moved > measured.expenditure
        ),
        FALSE
      )
    END AS is_sudden,
    CASE WHEN measured.unit = '%' THEN measured.distance * measured.base * 0.01 ELSE measured.distance END AS at_stake
  FROM measured AS measured
), ranked AS (
  SELECT
    judged.department_key AS department_key,
    judged.fiscal_year AS fiscal_year,
    judged.measure AS measure,
    judged.unit AS unit,
    judged.value AS value,
    judged.number_keys AS number_keys,
    judged.peers AS peers,
    judged.peer_median AS peer_median,
    judged.robust_z AS robust_z,
    judged.is_far AS is_far,
    judged.prior_value AS prior_value,
    judged.expenditure AS expenditure,
    judged.base AS base,
    judged.change AS change,
    judged.moved AS moved,
    judged.distance AS distance,
    judged.is_sudden AS is_sudden,
    judged.at_stake AS at_stake,
    RANK() OVER (PARTITION BY judged.fiscal_year ORDER BY judged.at_stake DESC) AS outlier_rank
  FROM judged AS judged
  WHERE
    judged.is_far OR judged.is_sudden
)
SELECT
  o.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  o.fiscal_year AS fiscal_year,
  o.measure AS measure,
  o.unit AS unit,
  o.value AS value,
  o.peers AS peers,
  o.peer_median AS peer_median,
  o.robust_z AS robust_z,
  o.prior_value AS prior_value,
  o.change AS change,
  CASE
    WHEN o.unit = '元'
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(ABS(o.prior_value) AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(o.change AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(o.change AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(o.change AS DECIMAL(28, 8))
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
                  2 * CAST(ABS(CAST(o.change AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(o.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(CAST(o.change AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(o.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
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
  TRY_CAST(o.at_stake AS DECIMAL(28, 2)) AS money_at_stake,
  o.outlier_rank AS outlier_rank,
  CASE WHEN o.is_far AND o.is_sudden THEN 'both' WHEN o.is_far THEN 'peers' ELSE 'history' END AS flag,
  o.number_keys AS number_keys,
  t.grade AS grade,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM ranked AS o
JOIN mart.v_department_year AS y
  ON y.department_key = o.department_key AND y.fiscal_year = o.fiscal_year
LEFT JOIN (
  SELECT
    v_trust.disclosure_key AS disclosure_key,
    v_trust.grade AS grade
  FROM mart.v_trust AS v_trust
) AS t
  ON t.disclosure_key = y.disclosure_key;
