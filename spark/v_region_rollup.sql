-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 214cfdc0bd154028e9900a138f4102340ba934161c6fd6d7549c477c2a6d1af3
CREATE VIEW mart.v_region_rollup AS
WITH expected AS (
  SELECT
    fact_coverage.region_code AS region_code,
    fact_coverage.fiscal_year AS fiscal_year,
    COUNT(*) AS expected_departments
  FROM core.fact_coverage AS fact_coverage
  WHERE
    fact_coverage.level = 'department' AND NOT fact_coverage.state IN ('renamed', 'merged', 'split')
  GROUP BY
    fact_coverage.region_code,
    fact_coverage.fiscal_year
)
SELECT
  y.region_code AS region_code,
  y.region_name AS region_name,
  y.fiscal_year AS fiscal_year,
  h.headline AS headline,
  n.headline_name AS headline_name,
  CAST(SUM(h.value) AS DECIMAL(28, 2)) AS total_yuan,
  COUNT(*) AS departments,
  MIN(e.expected_departments) AS expected_departments,
  (
    TRY_CAST((
      CASE
        WHEN CAST(MIN(e.expected_departments) AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(COUNT(*) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(COUNT(*) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(COUNT(*) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(COUNT(*) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(COUNT(*) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(MIN(e.expected_departments) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS coverage_percent,
  COUNT(*) FILTER(WHERE
    NOT h.doubt IS NULL) AS doubtful_departments,
  CAST(COALESCE(SUM(h.value) FILTER(WHERE
    NOT h.doubt IS NULL), 0) AS DECIMAL(28, 2)) AS doubtful_yuan
FROM core.fact_headline AS h
JOIN mart.v_department_year AS y
  ON h.department_key = y.department_key AND h.region_code = y.region_code AND h.fiscal_year = y.fiscal_year
JOIN core.dim_headline AS n
  ON h.headline = n.headline
JOIN expected AS e
  ON e.region_code = y.region_code AND e.fiscal_year = y.fiscal_year
WHERE
  y.level = 'department' AND y.region_code <> '' AND n.unit = '元'
GROUP BY
  y.region_code,
  y.region_name,
  y.fiscal_year,
  h.headline,
  n.headline_name;
