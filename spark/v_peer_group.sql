-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: c96d474d20a230f3ff026d5c0cfb11f0a8e8709027c021a6d2d1b9bb7139f8b9
CREATE VIEW mart.v_peer_group AS
WITH members AS (
  SELECT
    y.department_key AS department_key,
    y.department_name AS department_name,
    y.region_code AS region_code,
    y.level AS level,
    y.fiscal_year AS fiscal_year,
    y.series_key AS series_key,
    y.quality_flag AS quality_flag,
    y.sector || '/' || COALESCE(y.region_level, '') || '/' || y.level AS peer_key,
    m.measure AS measure,
    m.value AS value,
    m.number_keys AS number_keys
  FROM core.fact_entity_measure AS m
  JOIN mart.v_department_year AS y
    ON m.department_key = y.department_key AND m.fiscal_year = y.fiscal_year
  WHERE
    y.sector <> ''
)
SELECT
  m.department_key AS department_key,
  m.department_name AS department_name,
  m.region_code AS region_code,
  m.level AS level,
  m.fiscal_year AS fiscal_year,
  m.peer_key AS peer_key,
  m.measure AS measure,
  m.value AS value,
  g.peers AS peers,
  CASE WHEN g.peers > 1 THEN g.peer_median END AS peer_median,
  CASE WHEN g.peers > 1 THEN g.peer_mad END AS peer_mad,
  CASE
    WHEN g.peers >= 5 AND g.peer_mad > 0
    THEN TRY_CAST((
      CASE
        WHEN CAST(g.peer_mad AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(0.6745 * (
              m.value - g.peer_median
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(0.6745 * (
              m.value - g.peer_median
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(0.6745 * (
              m.value - g.peer_median
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(g.peer_mad AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(g.peer_mad AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(g.peer_mad AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(0.6745 * (
                  m.value - g.peer_median
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 10000 + CAST(ABS(CAST(g.peer_mad AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(0.6745 * (
                  m.value - g.peer_median
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 10000 + CAST(ABS(CAST(g.peer_mad AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(g.peer_mad AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(g.peer_mad AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  END AS robust_z,
  m.number_keys AS number_keys,
  m.series_key AS series_key,
  m.quality_flag AS quality_flag
FROM members AS m
JOIN core.fact_peer_group AS g
  ON m.peer_key = g.peer_key AND m.fiscal_year = g.fiscal_year AND m.measure = g.measure;
