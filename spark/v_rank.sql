-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: c76d9d4660b1bc53ab1fe4e0abcc26f3acf196df1053c1e896dec54a27350928
CREATE VIEW mart.v_rank AS
SELECT
  y.region_code AS region_code,
  y.region_name AS region_name,
  y.fiscal_year AS fiscal_year,
  m.measure AS measure,
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.level AS level,
  m.value AS value,
  m.rank_in_region AS rank_in_region,
  m.departments AS departments,
  (
    TRY_CAST((
      CASE
        WHEN CAST((
          m.departments - 1
        ) AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              m.departments - m.rank_in_region
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              m.departments - m.rank_in_region
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              m.departments - m.rank_in_region
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST((
              m.departments - 1
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              m.departments - 1
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              m.departments - 1
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  m.departments - m.rank_in_region
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  m.departments - 1
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  m.departments - m.rank_in_region
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  m.departments - 1
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST((
                  m.departments - 1
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST((
                m.departments - 1
              ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS percentile,
  p.rank_in_region - m.rank_in_region AS rank_change,
  m.number_keys AS number_keys,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.fact_entity_measure AS m
JOIN mart.v_department_year AS y
  ON m.department_key = y.department_key AND m.fiscal_year = y.fiscal_year
LEFT JOIN core.fact_entity_measure AS p
  ON p.department_key = y.prior_department_key AND p.measure = m.measure AND p.fiscal_year = m.fiscal_year - 1
WHERE
  NOT m.rank_in_region IS NULL;
