-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: c1d08ce9f0648e7110135245eac511a1c4fd5cdc4e023cfa60919816c05aae33
CREATE VIEW mart.v_identity_by_rule AS
SELECT
  identity_rule_year.check_id AS check_id,
  identity_rule_year.region_code AS region_code,
  identity_rule_year.region_name AS region_name,
  identity_rule_year.fiscal_year AS fiscal_year,
  identity_rule_year.evaluated AS evaluated,
  identity_rule_year.failed AS failed,
  (
    TRY_CAST((
      CASE
        WHEN CAST(identity_rule_year.evaluated AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(identity_rule_year.failed AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(identity_rule_year.failed AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(identity_rule_year.failed AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(identity_rule_year.failed AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(identity_rule_year.failed AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(identity_rule_year.evaluated AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS failed_percent,
  identity_rule_year.median_difference AS median_difference
FROM core.identity_rule_year AS identity_rule_year;
