-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: ccc1bf2daacd6c755efc1b9b59fdf3d43c2386565560ae8e962dbe0397568a77
CREATE VIEW mart.v_entity_year AS
WITH picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'total_resources') AS DECIMAL(28, 2))
    ) AS total_resources,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'income') AS DECIMAL(28, 2))
    ) AS income,
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
        fact_headline.headline = 'closing_balance') AS DECIMAL(28, 2))
    ) AS closing_balance,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'general_expenditure') AS DECIMAL(28, 2))
    ) AS general_expenditure,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'fund_expenditure') AS DECIMAL(28, 2))
    ) AS fund_expenditure,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'capital_expenditure') AS DECIMAL(28, 2))
    ) AS capital_expenditure,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'basic') AS DECIMAL(28, 2))
    ) AS basic,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'project') AS DECIMAL(28, 2))
    ) AS project,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        fact_headline.headline = 'income_fiscal') AS DECIMAL(28, 2))
    ) AS income_fiscal,
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
    fact_headline.headline IN (
      'total_resources',
      'income',
      'expenditure',
      'opening_balance',
      'closing_balance',
      'general_expenditure',
      'fund_expenditure',
      'capital_expenditure',
      'basic',
      'project',
      'income_fiscal'
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
  y.region_name AS region_name,
  y.level AS level,
  y.sector AS sector,
  y.fiscal_year AS fiscal_year,
  p.total_resources AS total_resources,
  p.income AS income,
  p.expenditure AS expenditure,
  p.opening_balance AS opening_balance,
  p.closing_balance AS closing_balance,
  p.general_expenditure AS general_expenditure,
  p.fund_expenditure AS fund_expenditure,
  p.capital_expenditure AS capital_expenditure,
  p.basic AS basic,
  p.project AS project,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.income AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.income_fiscal AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.income_fiscal AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.income_fiscal AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.income AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.income AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.income AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.income_fiscal AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.income AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.income_fiscal AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.income AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.income AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.income AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS fiscal_share_percent,
  (
    TRY_CAST((
      CASE
        WHEN CAST(y.population AS DECIMAL(28, 8)) <> 0
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
            CAST(y.population AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(y.population AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(y.population AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.population AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.population AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(y.population AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(y.population AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
  ) AS expenditure_per_resident,
  (
    TRY_CAST((
      CASE
        WHEN CAST(y.deflator AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST((
              100 * p.expenditure
            ) AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST((
              100 * p.expenditure
            ) AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST((
              100 * p.expenditure
            ) AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(y.deflator AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(y.deflator AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(y.deflator AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST((
                  100 * p.expenditure
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.deflator AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST((
                  100 * p.expenditure
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 100 + CAST(ABS(CAST(y.deflator AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(y.deflator AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(y.deflator AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
  ) AS real_expenditure,
  p.value_source AS value_source,
  p.doubtful AS doubtful,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  y.workbook_document_key AS workbook_document_key,
  y.text_document_key AS text_document_key
FROM mart.v_department_year AS y
LEFT JOIN picked AS p
  ON y.department_key = p.department_key AND y.region_code = p.region_code AND y.fiscal_year = p.fiscal_year;
