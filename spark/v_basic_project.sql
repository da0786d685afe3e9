-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: d28a4dfbbf81a90abe26373866ffb5a301b78d5613823bd8763ee2a488c297f2
CREATE VIEW mart.v_basic_project AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    'all' AS fund,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'basic') AS DECIMAL(28, 2))
    ) AS basic,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'project') AS DECIMAL(28, 2))
    ) AS project,
    (
      MAX(fact_headline.value_source) FILTER(WHERE
        fact_headline.headline = 'project')
    ) AS value_source,
    (
      LISTAGG(fact_headline.headline, ' ') WITHIN GROUP (ORDER BY
        fact_headline.headline NULLS LAST) FILTER(WHERE
        NOT fact_headline.doubt IS NULL)
    ) AS doubtful,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys,
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'project') AS document_key
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN ('basic', 'project')
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
  UNION ALL
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    'general_public_budget' AS general_public_budget,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_basic') AS DECIMAL(28, 2))
    ) AS _col_4,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_project') AS DECIMAL(28, 2))
    ) AS _col_5,
    (
      MAX(fact_headline.value_source) FILTER(WHERE
        fact_headline.headline = 'general_project')
    ) AS _col_6,
    (
      LISTAGG(fact_headline.headline, ' ') WITHIN GROUP (ORDER BY
        fact_headline.headline NULLS LAST) FILTER(WHERE
        NOT fact_headline.doubt IS NULL)
    ) AS _col_7,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS _col_8,
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'general_project') AS _col_9
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN ('general_basic', 'general_project')
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
), before AS (
  SELECT
    y.department_key AS department_key,
    y.region_code AS region_code,
    y.fiscal_year AS fiscal_year,
    'all' AS fund,
    (
      CAST(MAX(h.value) FILTER(WHERE
        h.headline = 'basic') AS DECIMAL(28, 2))
    ) AS basic,
    (
      CAST(MAX(h.value) FILTER(WHERE
        h.headline = 'project') AS DECIMAL(28, 2))
    ) AS project
  FROM core.fact_department_year AS y
  JOIN core.fact_headline AS h
    ON h.department_key = y.prior_department_key
    AND h.region_code = y.region_code
    AND h.fiscal_year = y.fiscal_year - 1
  WHERE
    h.headline IN ('basic', 'project')
  GROUP BY
    y.department_key,
    y.region_code,
    y.fiscal_year
  UNION ALL
  SELECT
    y.department_key AS department_key,
    y.region_code AS region_code,
    y.fiscal_year AS fiscal_year,
    'general_public_budget' AS general_public_budget,
    (
      CAST(MAX(h.value) FILTER(WHERE
        h.headline = 'general_basic') AS DECIMAL(28, 2))
    ) AS _col_4,
    (
      CAST(MAX(h.value) FILTER(WHERE
        h.headline = 'general_project') AS DECIMAL(28, 2))
    ) AS _col_5
  FROM core.fact_department_year AS y
  JOIN core.fact_headline AS h
    ON h.department_key = y.prior_department_key
    AND h.region_code = y.region_code
    AND h.fiscal_year = y.fiscal_year - 1
  WHERE
    h.headline IN ('general_basic', 'general_project')
  GROUP BY
    y.department_key,
    y.region_code,
    y.fiscal_year
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.fund AS fund,
  p.basic AS basic,
  p.project AS project,
  (
    TRY_CAST((
      CASE
        WHEN CAST((
          p.basic + p.project
        ) AS DECIMAL(28, 8)) <> 0
        THEN CASE
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
        END * CASE
          WHEN (
            CAST((
              p.basic + p.project
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              p.basic + p.project
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              p.basic + p.project
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  p.basic + p.project
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  p.basic + p.project
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST((
                  p.basic + p.project
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST((
                p.basic + p.project
              ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS project_share_percent,
  (
    TRY_CAST((
      CASE
        WHEN CAST((
          q.basic + q.project
        ) AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(q.project AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(q.project AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(q.project AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST((
              q.basic + q.project
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              q.basic + q.project
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              q.basic + q.project
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(q.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  q.basic + q.project
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(q.project AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  q.basic + q.project
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST((
                  q.basic + q.project
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST((
                q.basic + q.project
              ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS prior_project_share_percent,
  p.value_source AS value_source,
  p.doubtful AS doubtful,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
LEFT JOIN before AS q
  ON q.department_key = p.department_key
  AND q.region_code = p.region_code
  AND q.fiscal_year = p.fiscal_year
  AND q.fund = p.fund
WHERE
  NOT p.basic IS NULL OR NOT p.project IS NULL;
