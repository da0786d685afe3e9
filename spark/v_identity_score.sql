-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: f1ae19f4c72bfd03a221ffc709ac692e367b916d95d4565af9aef18dc36f7a04
CREATE VIEW mart.v_identity_score AS
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  y.disclosure_key AS disclosure_key,
  c.checks AS checks,
  c.evaluated AS evaluated,
  c.exact AS exact,
  c.within_rounding AS within_rounding,
  c.broken_errors AS broken_errors,
  c.broken_warnings AS broken_warnings,
  c.broken_infos AS broken_infos,
  c.not_evaluable AS not_evaluable,
  CASE
    WHEN c.evaluated > 0
    THEN CAST(GREATEST(
      0,
      100 - (
        TRY_CAST((
          CASE
            WHEN CAST((
              10 * c.evaluated
            ) AS DECIMAL(28, 8)) <> 0
            THEN CASE
              WHEN (
                CAST((
                  1000 * c.broken_errors + 300 * c.broken_warnings
                ) AS DECIMAL(28, 8))
              ) < 0
              THEN -1
              WHEN (
                CAST((
                  1000 * c.broken_errors + 300 * c.broken_warnings
                ) AS DECIMAL(28, 8))
              ) > 0
              THEN 1
              WHEN (
                CAST((
                  1000 * c.broken_errors + 300 * c.broken_warnings
                ) AS DECIMAL(28, 8))
              ) = 0
              THEN 0
            END * CASE
              WHEN (
                CAST((
                  10 * c.evaluated
                ) AS DECIMAL(28, 8))
              ) < 0
              THEN -1
              WHEN (
                CAST((
                  10 * c.evaluated
                ) AS DECIMAL(28, 8))
              ) > 0
              THEN 1
              WHEN (
                CAST((
                  10 * c.evaluated
                ) AS DECIMAL(28, 8))
              ) = 0
              THEN 0
            END * (
              CAST((
                (
                  (
                    2 * CAST(ABS(CAST((
                      1000 * c.broken_errors + 300 * c.broken_warnings
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST((
                      10 * c.evaluated
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                ) - (
                  (
                    2 * CAST(ABS(CAST((
                      1000 * c.broken_errors + 300 * c.broken_warnings
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST((
                      10 * c.evaluated
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                ) % (
                  (
                    2 * CAST(ABS(CAST((
                      10 * c.evaluated
                    ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                  )
                )
              ) / (
                (
                  2 * CAST(ABS(CAST((
                    10 * c.evaluated
                  ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
                )
              ) AS DECIMAL(38, 0))
            )
          END
        ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      )
    ) AS DECIMAL(9, 2))
  END AS identity_score,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM core.disclosure_quality AS c
JOIN mart.v_department_year AS y
  ON c.disclosure_key = y.disclosure_key
WHERE
  NOT c.checks IS NULL;
