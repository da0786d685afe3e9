-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 2c6faf0d84882c59d72f7ec6f5f0c335d96bca53e02f8691a473d5015268d651
CREATE VIEW mart.v_sangong_unit AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys,
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'three_public_vehicle_running') AS document_key,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'three_public_vehicle_running') AS DECIMAL(28, 2))
    ) AS running,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'three_public_reception') AS DECIMAL(28, 2))
    ) AS reception,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'three_public_overseas') AS DECIMAL(28, 2))
    ) AS overseas,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'vehicles_kept')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'vehicles_kept')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'vehicles_kept')
          ) AS BIGINT)
        END
      )
    ) AS vehicles_kept,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'reception_persons')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'reception_persons')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'reception_persons')
          ) AS BIGINT)
        END
      )
    ) AS reception_persons,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'reception_batches')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'reception_batches')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'reception_batches')
          ) AS BIGINT)
        END
      )
    ) AS reception_batches,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'overseas_persons')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'overseas_persons')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'overseas_persons')
          ) AS BIGINT)
        END
      )
    ) AS overseas_persons,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'overseas_groups')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'overseas_groups')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'overseas_groups')
          ) AS BIGINT)
        END
      )
    ) AS overseas_groups,
    (
      (
        CASE
          WHEN (
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'vehicles_bought')
          ) = CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'vehicles_bought')
          ) AS BIGINT)
          THEN CAST((
            MAX(fact_headline.value) FILTER(WHERE
              fact_headline.headline = 'vehicles_bought')
          ) AS BIGINT)
        END
      )
    ) AS vehicles_bought
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN (
      'three_public_vehicle_running',
      'three_public_reception',
      'three_public_overseas',
      'vehicles_kept',
      'reception_persons',
      'reception_batches',
      'overseas_persons',
      'overseas_groups',
      'vehicles_bought'
    )
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year
), stated AS (
  SELECT
    department_key,
    fiscal_year,
    car_cost,
    half_unit
  FROM (
    SELECT
      fact_claim.department_key AS department_key,
      fact_claim.fiscal_year AS fiscal_year,
      fact_claim.amount_yuan AS car_cost,
      fact_claim.half_unit AS half_unit,
      ROW_NUMBER() OVER (
        PARTITION BY fact_claim.department_key, fact_claim.fiscal_year
        ORDER BY fact_claim.half_unit NULLS LAST, fact_claim.line_number NULLS LAST, fact_claim.char_start NULLS LAST, fact_claim.claim_key NULLS LAST
      ) AS _w
    FROM core.fact_claim AS fact_claim
    WHERE
      fact_claim.is_current
      AND fact_claim.measure = 'average'
      AND fact_claim.item = '车均运行维护费'
      AND NOT fact_claim.amount_yuan IS NULL
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.vehicles_kept AS vehicles_kept,
  p.vehicles_bought AS vehicles_bought,
  p.running AS vehicle_running,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.vehicles_kept AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.running AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.running AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.running AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.vehicles_kept AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.vehicles_kept AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.vehicles_kept AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.running AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.vehicles_kept AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.running AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.vehicles_kept AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.vehicles_kept AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.vehicles_kept AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
  ) AS car_cost_each,
  s.car_cost AS stated_car_cost_each,
  CASE
    WHEN p.vehicles_kept > 0 AND NOT s.car_cost IS NULL
    THEN ABS(s.car_cost * p.vehicles_kept - p.running) > p.vehicles_kept * (
      s.half_unit + 0.01
    ) + 0.01
  END AS car_cost_flag,
  p.reception_persons AS reception_persons,
  p.reception_batches AS reception_batches,
  p.reception AS reception,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.reception_persons AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.reception AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.reception AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.reception AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.reception_persons AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.reception_persons AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.reception_persons AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.reception AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.reception_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.reception AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.reception_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.reception_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.reception_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
  ) AS reception_per_person,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.reception_batches AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.reception AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.reception AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.reception AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.reception_batches AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.reception_batches AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.reception_batches AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.reception AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.reception_batches AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.reception AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.reception_batches AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.reception_batches AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.reception_batches AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
  ) AS reception_per_batch,
  p.overseas_persons AS overseas_persons,
  p.overseas_groups AS overseas_groups,
  p.overseas AS overseas,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.overseas_persons AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.overseas AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.overseas AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.overseas AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.overseas_persons AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.overseas_persons AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.overseas_persons AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.overseas AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.overseas_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.overseas AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(p.overseas_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.overseas_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.overseas_persons AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
  ) AS overseas_cost_per_person,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
LEFT JOIN stated AS s
  ON COALESCE(p.department_key, y.department_key) = s.department_key
  AND COALESCE(p.fiscal_year, y.fiscal_year) = s.fiscal_year
WHERE
  NOT COALESCE(
    p.running,
    p.reception,
    p.overseas,
    p.vehicles_kept,
    p.vehicles_bought,
    p.reception_persons,
    p.reception_batches,
    p.overseas_persons,
    p.overseas_groups
  ) IS NULL;
