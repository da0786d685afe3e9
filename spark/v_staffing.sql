-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 2763937ff9a1ac0f0c8b5ccfc5a969fc38df7eecd1ccb3cfe7d84c7c4b772007
CREATE VIEW mart.v_staffing AS
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
              fact_headline.headline = 'quota_administrative')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'quota_administrative')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'quota_administrative')
          ) AS BIGINT)
        END
      )
    ) AS quota_administrative,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'actual_administrative')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'actual_administrative')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'actual_administrative')
          ) AS BIGINT)
        END
      )
    ) AS actual_administrative,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'quota_institution')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'quota_institution')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'quota_institution')
          ) AS BIGINT)
        END
      )
    ) AS quota_institution,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'actual_institution')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'actual_institution')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'actual_institution')
          ) AS BIGINT)
        END
      )
    ) AS actual_institution,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'retired')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'retired')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'retired')
          ) AS BIGINT)
        END
      )
    ) AS retired,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'other_staff')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'other_staff')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'other_staff')
          ) AS BIGINT)
        END
      )
    ) AS other_staff,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys,
    MAX(fact_headline.document_key) AS document_key
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN (
      'quota_administrative',
      'actual_administrative',
      'quota_institution',
      'actual_institution',
      'retired',
      'other_staff'
    )
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.quota_administrative AS quota_administrative,
  p.actual_administrative AS actual_administrative,
  p.quota_institution AS quota_institution,
  p.actual_institution AS actual_institution,
  p.retired AS retired,
  p.other_staff AS other_staff,
  CASE
    WHEN (
      p.quota_administrative IS NULL
    ) = (
      p.actual_administrative IS NULL
    )
    AND (
      p.quota_institution IS NULL
    ) = (
      p.actual_institution IS NULL
    )
    THEN (
      TRY_CAST((
        CASE
          WHEN CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8)) <> 0
          THEN CASE
            WHEN (
              CAST(COALESCE(p.actual_administrative + p.actual_institution, p.actual_administrative, p.actual_institution) AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(COALESCE(p.actual_administrative + p.actual_institution, p.actual_administrative, p.actual_institution) AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(COALESCE(p.actual_administrative + p.actual_institution, p.actual_administrative, p.actual_institution) AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * CASE
            WHEN (
              CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
            ) < 0
            THEN -1
            WHEN (
              CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
            ) > 0
            THEN 1
            WHEN (
              CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
            ) = 0
            THEN 0
          END * (
            CAST((
              (
                (
                  2 * CAST(ABS(
                    CAST(COALESCE(p.actual_administrative + p.actual_institution, p.actual_administrative, p.actual_institution) AS DECIMAL(28, 8))
                  ) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(
                    CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
                  ) * 100000000 AS DECIMAL(38, 0))
                )
              ) - (
                (
                  2 * CAST(ABS(
                    CAST(COALESCE(p.actual_administrative + p.actual_institution, p.actual_administrative, p.actual_institution) AS DECIMAL(28, 8))
                  ) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(
                    CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
                  ) * 100000000 AS DECIMAL(38, 0))
                )
              ) % (
                (
                  2 * CAST(ABS(
                    CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
                  ) * 100000000 AS DECIMAL(38, 0))
                )
              )
            ) / (
              (
                2 * CAST(ABS(
                  CAST(COALESCE(p.quota_administrative + p.quota_institution, p.quota_administrative, p.quota_institution) AS DECIMAL(28, 8))
                ) * 100000000 AS DECIMAL(38, 0))
              )
            ) AS DECIMAL(38, 0))
          )
        END
      ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
    )
  END AS fill_percent,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year;
