-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
CREATE VIEW mart.v_outliers AS
WITH valued AS (
  SELECT
    y.department_key AS department_key,
    y.department_name AS department_name,
    y.region_code AS region_code,
    y.level AS level,
    y.fiscal_year AS fiscal_year,
    m.measure AS measure,
    m.unit AS unit,
    m.value AS value,
    m.number_keys AS number_keys,
    g.peers AS peers,
    g.peer_median AS peer_median,
    g.robust_z AS robust_z,
    p.value AS prior_value,
    m.value - p.value AS change,
    CASE
      WHEN m.unit = '元'
      THEN (
        TRY_CAST((
          CASE
            WHEN CAST(ABS(p.value) AS DECIMAL(28, 8)) <> 0
            THEN CASE
              WHEN (
                CAST((
                  m.value - p.value
                ) AS DECIMAL(28, 8))
              ) < 0
              THEN -1
              WHEN (
                CAST((
                  m.value - p.value
                ) AS DECIMAL(28, 8))
              ) > 0
              THEN 1
              WHEN (
                CAST((
                  m.value - p.value
                ) AS DECIMAL(28, 8))
              ) = 0
              THEN 0
            END * CASE
              WHEN (
                CAST(ABS(p.value) AS DECIMAL(28, 8))
              ) < 0
              THEN -1
              WHEN (
                CAST(ABS(p.value) AS DECIMAL(28, 8))
              ) > 0
              THEN 1
              WHEN (
                CAST(ABS(p.value) AS DECIMAL(28, 8))
              ) = 0
              THEN 0
            END * (
              CAST((
                (
                  (
                    2 * CAST(ABS(CAST((
                      m.value - p.value
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(p.value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                ) - (
                  (
                    2 * CAST(ABS(CAST((
                      m.value - p.value
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(p.value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                ) % (
                  (
                    2 * CAST(ABS(CAST(ABS(p.value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                )
              ) / (
                (
                  2 * CAST(ABS(CAST(ABS(p.value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) AS DECIMAL(38, 0))
            )
          END
        ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
      )
    END AS change_percent,
    e.value AS expenditure,
    COALESCE(b.value, e.value) AS base,
    y.series_key AS series_key,
    y.quality_flag AS quality_flag,
    y.disclosure_key AS disclosure_key
  FROM core.fact_entity_measure AS m
  JOIN mart.v_department_year AS y
    ON m.department_key = y.department_key AND m.fiscal_year = y.fiscal_year
  LEFT JOIN mart.v_peer_group AS g
    ON g.department_key = m.department_key AND g.fiscal_year = m.fiscal_year AND g.measure = m.measure
  LEFT JOIN mart.v_comparability AS c
    ON c.department_key = m.department_key AND c.fiscal_year = m.fiscal_year
  LEFT JOIN core.fact_entity_measure AS p
    ON p.department_key = y.prior_department_key
    AND p.measure = m.measure
    AND p.fiscal_year = m.fiscal_year - 1
    AND c.is_comparable
    AND (
      m.measure <> 'three_public_total' OR NOT c.three_public_scope_flag IS TRUE
    )
  LEFT JOIN core.fact_entity_measure AS e
    ON e.department_key = m.department_key AND e.fiscal_year = m.fiscal_year AND e.measure = 'expenditure'
  LEFT JOIN core.fact_entity_measure AS b
    ON b.department_key = m.department_key
    AND b.fiscal_year = m.fiscal_year
    AND b.measure = CASE m.measure WHEN 'sme_percent' THEN 'procurement_total' WHEN 'deviation_percent' THEN 'general_expenditure' END
), judged AS (
  SELECT
    valued.department_key AS department_key,
    valued.department_name AS department_name,
    valued.region_code AS region_code,
    valued.level AS level,
    valued.fiscal_year AS fiscal_year,
    valued.measure AS measure,
    valued.unit AS unit,
    valued.value AS value,
    valued.number_keys AS number_keys,
    valued.peers AS peers,
    valued.peer_median AS peer_median,
    valued.robust_z AS robust_z,
    valued.prior_value AS prior_value,
    valued.change AS change,
    valued.change_percent AS change_percent,
    valued.expenditure AS expenditure,
    valued.base AS base,
    valued.series_key AS series_key,
    valued.quality_flag AS quality_flag,
    valued.disclosure_key AS disclosure_key,
    COALESCE(ABS(valued.robust_z) > 3.5, FALSE) AS is_far,
    CASE
      WHEN valued.unit = '%'
      THEN COALESCE(ABS(valued.change) > 20, FALSE)
      ELSE COALESCE(
        2 * ABS(valued.change) > ABS(valued.prior_value)
        AND valued.prior_value <> 0
        AND (
          valued.measure IN ('car_cost_each', 'reception_per_person', 'pay_per_head')
          OR 100 * ABS(valued.change) > valued.expenditure
        ),
        FALSE
      )
    END AS is_sudden,
    CASE
      WHEN valued.unit = '%'
      THEN ABS(valued.value - CASE WHEN ABS(valued.robust_z) > 3.5 THEN valued.peer_median ELSE valued.prior_value END) * valued.base * 0.01
      ELSE ABS(valued.value - CASE WHEN ABS(valued.robust_z) > 3.5 THEN valued.peer_median ELSE valued.prior_value END)
    END AS at_stake
  FROM valued AS valued
)
SELECT
  j.department_key AS department_key,
  j.department_name AS department_name,
  j.region_code AS region_code,
  j.level AS level,
  j.fiscal_year AS fiscal_year,
  j.measure AS measure,
  j.unit AS unit,
  j.value AS value,
  j.peers AS peers,
  j.peer_median AS peer_median,
  j.robust_z AS robust_z,
  j.prior_value AS prior_value,
  j.change AS change,
  j.change_percent AS change_percent,
  CAST(j.at_stake AS DECIMAL(18, 2)) AS money_at_stake,
  RANK() OVER (PARTITION BY j.fiscal_year ORDER BY j.at_stake DESC) AS outlier_rank,
  CASE WHEN j.is_far AND j.is_sudden THEN 'both' WHEN j.is_far THEN 'peers' ELSE 'history' END AS flag,
  j.number_keys AS number_keys,
  t.grade AS grade,
  j.series_key AS series_key,
  j.quality_flag AS quality_flag
FROM judged AS j
LEFT JOIN (
  SELECT
    v_trust.disclosure_key AS disclosure_key,
    v_trust.grade AS grade
  FROM mart.v_trust AS v_trust
) AS t
  ON j.disclosure_key = t.disclosure_key
WHERE
  j.is_far OR j.is_sudden;
