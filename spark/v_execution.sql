-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: f26bb917a547a6135526f93f988c6d9bb656fc0f6056b71401bb7854cf195c35
CREATE VIEW mart.v_execution AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    'all' AS fund,
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'expenditure') AS document_key,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'total_initial_budget') AS DECIMAL(28, 2))
    ) AS initial_budget,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'total_annual_budget') AS DECIMAL(28, 2))
    ) AS annual_budget,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'expenditure') AS DECIMAL(28, 2))
    ) AS expenditure,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'opening_balance') AS DECIMAL(28, 2))
    ) AS opening_balance,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'income') AS DECIMAL(28, 2))
    ) AS income,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'closing_balance') AS DECIMAL(28, 2))
    ) AS closing_balance,
    (
      MAX(fact_headline.value_source) FILTER(WHERE
        fact_headline.headline = 'expenditure')
    ) AS value_source,
    (
      LISTAGG(fact_headline.headline, ' ') WITHIN GROUP (ORDER BY
        fact_headline.headline NULLS LAST) FILTER(WHERE
        NOT fact_headline.doubt IS NULL)
    ) AS doubtful,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN ('expenditure', 'total_initial_budget', 'total_annual_budget', 'opening_balance', 'income', 'closing_balance')
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
    MAX(fact_headline.document_key) FILTER(WHERE
      fact_headline.headline = 'general_expenditure') AS _col_4,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_initial_budget') AS DECIMAL(28, 2))
    ) AS _col_5,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_annual_budget') AS DECIMAL(28, 2))
    ) AS _col_6,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_expenditure') AS DECIMAL(28, 2))
    ) AS _col_7,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_opening_balance') AS DECIMAL(28, 2))
    ) AS _col_8,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_income') AS DECIMAL(28, 2))
    ) AS _col_9,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_closing_balance') AS DECIMAL(28, 2))
    ) AS _col_10,
    (
      MAX(fact_headline.value_source) FILTER(WHERE
        fact_headline.headline = 'general_expenditure')
    ) AS _col_11,
    (
      LISTAGG(fact_headline.headline, ' ') WITHIN GROUP (ORDER BY
        fact_headline.headline NULLS LAST) FILTER(WHERE
        NOT fact_headline.doubt IS NULL)
    ) AS _col_12,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS _col_13
  FROM core.fact_headline AS fact_headline
  WHERE
    fact_headline.headline IN (
      'general_expenditure',
      'general_initial_budget',
      'general_annual_budget',
      'general_opening_balance',
      'general_income',
      'general_closing_balance'
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
  p.fund AS fund,
  p.initial_budget AS initial_budget,
  p.annual_budget AS annual_budget,
  p.expenditure AS expenditure,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.annual_budget AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.expenditure AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.expenditure AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.expenditure AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.annual_budget AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.annual_budget AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.annual_budget AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS execution_percent,
  p.opening_balance AS opening_balance,
  p.income AS income,
  p.closing_balance AS closing_balance,
  (
    TRY_CAST((
      CASE
        WHEN CAST((
          p.opening_balance + p.income
        ) AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST((
              p.opening_balance + p.income
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              p.opening_balance + p.income
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              p.opening_balance + p.income
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.closing_balance AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  p.opening_balance + p.income
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.closing_balance AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  p.opening_balance + p.income
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST((
                  p.opening_balance + p.income
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST((
                p.opening_balance + p.income
              ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS carry_rate_of_resources,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.annual_budget AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.annual_budget AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.annual_budget AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.annual_budget AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.closing_balance AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.closing_balance AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.annual_budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS carry_rate_of_budget,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.expenditure AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.closing_balance AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.expenditure AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.expenditure AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.expenditure AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.closing_balance AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.closing_balance AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS carry_rate_of_expenditure,
  p.value_source AS value_source,
  p.doubtful AS doubtful,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
WHERE
  NOT p.expenditure IS NULL;
