-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: e0717d993f8d2543783322f70b93c7233b7a55ee0eca6182b42bd3a3115fb3ec
CREATE VIEW mart.v_fund_usage AS
WITH roles AS (
  SELECT
    _values._col_0 AS headline,
    _values._col_1 AS fund,
    _values._col_2 AS role
  FROM VALUES
    ('general_opening_balance', 'general_public_budget', 'opening'),
    ('fund_opening_balance', 'government_fund', 'opening'),
    ('capital_opening_balance', 'state_capital', 'opening'),
    ('general_income_of_year', 'general_public_budget', 'income_of_year'),
    ('fund_income_of_year', 'government_fund', 'income_of_year'),
    ('capital_income_of_year', 'state_capital', 'income_of_year'),
    ('general_income', 'general_public_budget', 'income'),
    ('fund_income', 'government_fund', 'income'),
    ('capital_income', 'state_capital', 'income'),
    ('general_expenditure', 'general_public_budget', 'expenditure'),
    ('fund_expenditure', 'government_fund', 'expenditure'),
    ('capital_expenditure', 'state_capital', 'expenditure'),
    ('general_closing_balance', 'general_public_budget', 'closing'),
    ('fund_closing_balance', 'government_fund', 'closing'),
    ('capital_closing_balance', 'state_capital', 'closing') AS _values(_col_0, _col_1, _col_2)
), picked AS (
  SELECT
    fact_headline.department_key AS department_key,
    fact_headline.region_code AS region_code,
    fact_headline.fiscal_year AS fiscal_year,
    roles.fund AS fund,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        roles.role = 'opening') AS DECIMAL(28, 2))
    ) AS opening_balance,
    COALESCE(
      (
        CAST(MAX(fact_headline.value) FILTER(WHERE
          roles.role = 'income_of_year') AS DECIMAL(28, 2))
      ),
      (
        CAST(MAX(fact_headline.value) FILTER(WHERE
          roles.role = 'income') AS DECIMAL(28, 2))
      )
    ) AS income,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        roles.role = 'expenditure') AS DECIMAL(28, 2))
    ) AS expenditure,
    (
      CAST(MAX(fact_headline.value) FILTER(WHERE
        roles.role = 'closing') AS DECIMAL(28, 2))
    ) AS closing_balance,
    (
      MAX(fact_headline.value_source) FILTER(WHERE
        roles.role = 'expenditure')
    ) AS value_source,
    MAX(fact_headline.document_key) FILTER(WHERE
      roles.role = 'expenditure') AS document_key,
    (
      LISTAGG(DISTINCT COALESCE(fact_headline.figure_key, fact_headline.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(fact_headline.figure_key, fact_headline.claim_key) NULLS LAST)
    ) AS number_keys
  FROM core.fact_headline AS fact_headline
  JOIN roles AS roles
    ON fact_headline.headline = roles.headline
  GROUP BY
    fact_headline.department_key,
    fact_headline.region_code,
    fact_headline.fiscal_year,
    roles.fund
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.fund AS fund,
  p.opening_balance AS opening_balance,
  p.income AS income,
  p.expenditure AS expenditure,
  p.closing_balance AS closing_balance,
  (
    TRY_CAST((
      CASE
        WHEN CAST((
          p.opening_balance + p.income
        ) AS DECIMAL(28, 8)) <> 0
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
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
                  p.opening_balance + p.income
                ) AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.expenditure AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST((
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
  ) AS use_percent,
  p.value_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM picked AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.region_code = y.region_code AND p.fiscal_year = y.fiscal_year
WHERE
  NOT p.expenditure IS NULL;
