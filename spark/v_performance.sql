-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: abb276069a9b6f94cab7b4ee3e1ca98648bb0de745580282bbb6949500611384
CREATE VIEW mart.v_performance AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'performance_projects')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'performance_projects')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'performance_projects')
          ) AS BIGINT)
        END
      )
    ) AS projects,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'target_projects')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'target_projects')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'target_projects')
          ) AS BIGINT)
        END
      )
    ) AS target_projects,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'target_amount') AS DECIMAL(28, 2))
    ) AS target_amount,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'self_assessed_projects')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'self_assessed_projects')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'self_assessed_projects')
          ) AS BIGINT)
        END
      )
    ) AS self_assessed_projects,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'self_assessed_amount') AS DECIMAL(28, 2))
    ) AS self_assessed_amount,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'overall_score') AS DECIMAL(28, 2))
    ) AS overall_score,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_excellent')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_excellent')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_excellent')
          ) AS BIGINT)
        END
      )
    ) AS graded_excellent,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_good')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_good')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_good')
          ) AS BIGINT)
        END
      )
    ) AS graded_good,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_pass')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_pass')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_pass')
          ) AS BIGINT)
        END
      )
    ) AS graded_pass,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_fail')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_fail')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'graded_fail')
          ) AS BIGINT)
        END
      )
    ) AS graded_fail,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'project') AS DECIMAL(28, 2))
    ) AS project,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN (
      'performance_projects',
      'target_projects',
      'target_amount',
      'self_assessed_projects',
      'self_assessed_amount',
      'overall_score',
      'graded_excellent',
      'graded_good',
      'graded_pass',
      'graded_fail',
      'project'
    )
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
), rows_of_indicators AS (
  SELECT
    fact_indicator.department_key AS department_key,
    fact_indicator.fiscal_year AS fiscal_year,
    COUNT(*) AS indicators
  FROM core.fact_indicator AS fact_indicator
  WHERE
    fact_indicator.is_current
  GROUP BY
    fact_indicator.department_key,
    fact_indicator.fiscal_year
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.projects AS projects,
  p.target_projects AS target_projects,
  p.target_amount AS target_amount,
  p.self_assessed_projects AS self_assessed_projects,
  p.self_assessed_amount AS self_assessed_amount,
  p.overall_score AS overall_score,
  p.graded_excellent AS graded_excellent,
  p.graded_good AS graded_good,
  p.graded_pass AS graded_pass,
  p.graded_fail AS graded_fail,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.project AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.self_assessed_amount AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.self_assessed_amount AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.self_assessed_amount AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.project AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.project AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.project AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.self_assessed_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.self_assessed_amount AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS self_assessed_percent,
  COALESCE(i.indicators, 0) AS indicators,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  y.text_document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
LEFT JOIN rows_of_indicators AS i
  ON COALESCE(p.department_key, y.department_key) = i.department_key
  AND COALESCE(p.fiscal_year, y.fiscal_year) = i.fiscal_year
WHERE
  NOT COALESCE(p.projects, p.target_projects, p.self_assessed_projects, p.self_assessed_amount, p.overall_score) IS NULL
  OR i.indicators > 0;
