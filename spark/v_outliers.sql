-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: a5642a3302acc5aab2bb37cd33f9908e33bb11be9b6d5987ffc816f95af5d722
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
    COALESCE(b.value, e.value) AS base,
    y.series_key AS series_key,
    y.quality_flag AS quality_flag,
    y.disclosure_key AS disclosure_key
  FROM core.fact_entity_measure AS m
  JOIN mart.v_department_year AS y
    ON m.department_key = y.department_key AND m.fiscal_year = y.fiscal_year
  LEFT JOIN mart.v_peer_group AS g
    ON g.department_key = m.department_key AND g.fiscal_year = m.fiscal_year AND g.measure = m.measure
  JOIN core.fact_department_year AS h
    ON h.department_key = m.department_key AND h.fiscal_year = m.fiscal_year
  LEFT JOIN core.fact_three_public_basis AS s
    ON s.department_key = m.department_key AND s.fiscal_year = m.fiscal_year
  LEFT JOIN core.fact_three_public_basis AS r
    ON r.department_key = h.prior_department_key AND r.fiscal_year = m.fiscal_year - 1
  LEFT JOIN core.fact_entity_measure AS p
    ON p.department_key = y.prior_department_key AND p.measure = m.measure AND p.fiscal_year = m.fiscal_year - 1
  LEFT JOIN core.fact_entity_measure AS e
    ON e.department_key = m.department_key AND e.fiscal_year = m.fiscal_year AND e.measure = 'expenditure'
  LEFT JOIN core.fact_entity_measure AS b
    ON b.department_key = m.department_key
    AND b.fiscal_year = m.fiscal_year
    AND b.measure = CASE m.measure WHEN 'sme_percent' THEN 'procurement_total' WHEN 'deviation_percent' THEN 'general_expenditure' END
), changed AS (
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
    valued.expenditure AS expenditure,
    valued.base AS base,
    valued.series_key AS series_key,
    valued.quality_flag AS quality_flag,
    valued.disclosure_key AS disclosure_key,
    valued.value - valued.prior_value AS change,
    CASE
      WHEN valued.unit = '元'
      THEN (
        TRY_CAST((
          CASE
            WHEN CAST(ABS(valued.prior_value) AS DECIMAL(28, 8)) <> 0
            THEN CASE
              WHEN (
                CAST((
                  valued.value - valued.prior_value
                ) AS DECIMAL(28, 8))
              ) < 0
              THEN -1
              WHEN (
                CAST((
                  valued.value - valued.prior_value
                ) AS DECIMAL(28, 8))
              ) > 0
              THEN 1
              WHEN (
                CAST((
                  valued.value - valued.prior_value
                ) AS DECIMAL(28, 8))
              ) = 0
              THEN 0
            END * CASE
              WHEN (
                CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))
              ) < 0
              THEN -1
              WHEN (
                CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))
              ) > 0
              THEN 1
              WHEN (
                CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))
              ) = 0
              THEN 0
            END * (
              CAST((
                (
                  (
                    2 * CAST(ABS(CAST((
                      valued.value - valued.prior_value
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                ) - (
                  (
                    2 * CAST(ABS(CAST((
                      valued.value - valued.prior_value
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                ) % (
                  (
                    2 * CAST(ABS(CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                )
              ) / (
                (
                  2 * CAST(ABS(CAST(ABS(valued.prior_value) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) AS DECIMAL(38, 0))
            )
          END
        ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
      )
    END AS change_percent
  FROM valued AS valued
), judged AS (
  SELECT
    changed.department_key AS department_key,
    changed.department_name AS department_name,
    changed.region_code AS region_code,
    changed.level AS level,
    changed.fiscal_year AS fiscal_year,
    changed.measure AS measure,
    changed.unit AS unit,
    changed.value AS value,
    changed.number_keys AS number_keys,
    changed.peers AS peers,
    changed.peer_median AS peer_median,
    changed.robust_z AS robust_z,
    changed.prior_value AS prior_value,
    changed.expenditure AS expenditure,
    changed.base AS base,
    changed.series_key AS series_key,
    changed.quality_flag AS quality_flag,
    changed.disclosure_key AS disclosure_key,
    changed.change AS change,
    changed.change_percent AS change_percent,
    COALESCE(ABS(changed.robust_z) > 3.5, FALSE) AS is_far,
    CASE
      WHEN changed.unit = '%'
      THEN COALESCE(ABS(changed.change) > 20, FALSE)
      ELSE COALESCE(
        2 * ABS(changed.change) > ABS(changed.prior_value)
        AND changed.prior_value <> 0
        AND (
          changed.measure IN ('car_cost_each', 'reception_per_person', 'pay_per_head')
          OR 100 * ABS(changed.change) > changed.expenditure
        ),
        FALSE
      )
    END AS is_sudden,
    CASE
      WHEN changed.unit = '%'
      THEN ABS(changed.value - CASE WHEN ABS(changed.robust_z) > 3.5 THEN changed.peer_median ELSE changed.prior_value END) * changed.base * 0.01
      ELSE ABS(changed.value - CASE WHEN ABS(changed.robust_z) > 3.5 THEN changed.peer_median ELSE changed.prior_value END)
    END AS at_stake
  FROM changed AS changed
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
