-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 382e105e91c1038a3fb65876425bde5a594c002338119713753a24de48892c79
CREATE VIEW mart.v_assets AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'fixed_assets') AS DECIMAL(28, 2))
    ) AS fixed_assets,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'intangible_assets') AS DECIMAL(28, 2))
    ) AS intangible_assets,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'asset_gross') AS DECIMAL(28, 2))
    ) AS asset_gross,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'depreciation') AS DECIMAL(28, 2))
    ) AS depreciation,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'asset_net') AS DECIMAL(28, 2))
    ) AS asset_net,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'house_area') AS DECIMAL(28, 2))
    ) AS house_area,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'asset_vehicles')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'asset_vehicles')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'asset_vehicles')
          ) AS BIGINT)
        END
      )
    ) AS vehicles,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'equipment_1m')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'equipment_1m')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'equipment_1m')
          ) AS BIGINT)
        END
      )
    ) AS equipment_1m,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys,
    MAX(fact_headline.document_key) AS document_key
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN (
      'fixed_assets',
      'intangible_assets',
      'asset_gross',
      'depreciation',
      'asset_net',
      'house_area',
      'asset_vehicles',
      'equipment_1m'
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
  p.fixed_assets AS fixed_assets,
  p.intangible_assets AS intangible_assets,
  p.asset_gross AS asset_gross,
  p.depreciation AS depreciation,
  p.asset_net AS asset_net,
  p.house_area AS house_area,
  p.vehicles AS vehicles,
  p.equipment_1m AS equipment_1m,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.asset_gross AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.depreciation AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.depreciation AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.depreciation AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.asset_gross AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.asset_gross AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.asset_gross AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.depreciation AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.asset_gross AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.depreciation AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.asset_gross AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.asset_gross AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.asset_gross AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS age_percent,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year;
