-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 1eed3ed0e1fc721e77da6e513e4548d8384f8696a052bacc3f32265bec28e3ed
CREATE VIEW mart.v_basic_project AS
WITH kinds AS (
  SELECT
    _values._col_0 AS fund,
    _values._col_1 AS headline,
    _values._col_2 AS is_project
  FROM VALUES
    ('all', 'basic', FALSE),
    ('all', 'project', TRUE),
    ('general_public_budget', 'general_basic', FALSE),
    ('general_public_budget', 'general_project', TRUE) AS _values(_col_0, _col_1, _col_2)
), picked AS (
  SELECT
    h.department_key AS department_key,
    h.region_code AS region_code,
    h.fiscal_year AS fiscal_year,
    k.fund AS fund,
    CAST(MAX(h.value) FILTER(WHERE
      NOT k.is_project) AS DECIMAL(28, 2)) AS basic,
    CAST(MAX(h.value) FILTER(WHERE
      k.is_project) AS DECIMAL(28, 2)) AS project,
    MAX(h.value_source) FILTER(WHERE
      k.is_project) AS value_source,
    (
      LISTAGG(h.headline, ' ') WITHIN GROUP (ORDER BY
        h.headline NULLS LAST) FILTER(WHERE
        NOT h.doubt IS NULL)
    ) AS doubtful,
    (
      LISTAGG(DISTINCT COALESCE(h.figure_key, h.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(h.figure_key, h.claim_key) NULLS LAST)
    ) AS number_keys,
    MAX(h.document_key) FILTER(WHERE
      k.is_project) AS document_key
  FROM core.fact_headline AS h
  JOIN kinds AS k
    ON k.headline = h.headline
  GROUP BY
    h.department_key,
    h.region_code,
    h.fiscal_year,
    k.fund
), before AS (
  SELECT
    y.department_key AS department_key,
    y.region_code AS region_code,
    y.fiscal_year AS fiscal_year,
    k.fund AS fund,
    CAST(MAX(h.value) FILTER(WHERE
      NOT k.is_project) AS DECIMAL(28, 2)) AS basic,
    CAST(MAX(h.value) FILTER(WHERE
      k.is_project) AS DECIMAL(28, 2)) AS project
  FROM core.fact_department_year AS y
  JOIN core.fact_headline AS h
    ON h.department_key = y.prior_department_key
    AND h.region_code = y.region_code
    AND h.fiscal_year = y.fiscal_year - 1
  JOIN kinds AS k
    ON k.headline = h.headline
  GROUP BY
    y.department_key,
    y.region_code,
    y.fiscal_year,
    k.fund
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
