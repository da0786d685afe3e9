-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 9c6346962d5eed7d7172fcf8558930d48d1052859fac04fe70db03038171632e
CREATE VIEW mart.v_func_mix AS
WITH classes AS (
  SELECT
    y.region_code AS region_code,
    s.annual_budget AS annual_budget,
    s.basic AS basic,
    s.budget_key AS budget_key,
    s.budget_source AS budget_source,
    s.claim_key AS claim_key,
    s.department_key AS department_key,
    s.document_key AS document_key,
    s.figure_key AS figure_key,
    s.final_account AS final_account,
    s.final_source AS final_source,
    s.fiscal_year AS fiscal_year,
    s.function_code AS function_code,
    s.function_level AS function_level,
    s.fund AS fund,
    s.initial_budget AS initial_budget,
    s.project AS project,
    s.report_table AS report_table
  FROM core.fact_function_year AS s
  JOIN core.fact_department_year AS y
    ON s.department_key = y.department_key AND s.fiscal_year = y.fiscal_year
  WHERE
    s.function_level = 'class' AND NOT s.final_account IS NULL
), ranked AS (
  SELECT
    classes.region_code AS region_code,
    classes.annual_budget AS annual_budget,
    classes.basic AS basic,
    classes.budget_key AS budget_key,
    classes.budget_source AS budget_source,
    classes.claim_key AS claim_key,
    classes.department_key AS department_key,
    classes.document_key AS document_key,
    classes.figure_key AS figure_key,
    classes.final_account AS final_account,
    classes.final_source AS final_source,
    classes.fiscal_year AS fiscal_year,
    classes.function_code AS function_code,
    classes.function_level AS function_level,
    classes.fund AS fund,
    classes.initial_budget AS initial_budget,
    classes.project AS project,
    classes.report_table AS report_table,
    RANK() OVER (
      PARTITION BY classes.region_code, classes.department_key, classes.fiscal_year, classes.fund
      ORDER BY classes.final_account DESC
    ) AS rank_in_department
  FROM classes AS classes
), summed AS (
  SELECT
    classes.region_code AS region_code,
    classes.department_key AS department_key,
    classes.fiscal_year AS fiscal_year,
    classes.fund AS fund,
    SUM(classes.final_account) AS total,
    SUM(CAST(100 * classes.final_account AS DECIMAL(38, 0)) * CAST(100 * classes.final_account AS DECIMAL(38, 0))) AS squares,
    CAST(100 * SUM(classes.final_account) AS DECIMAL(38, 0)) AS cents
  FROM classes AS classes
  GROUP BY
    classes.region_code,
    classes.department_key,
    classes.fiscal_year,
    classes.fund
), concentrated AS (
  SELECT
    c.region_code AS region_code,
    c.department_key AS department_key,
    c.fiscal_year AS fiscal_year,
    c.fund AS fund,
    c.total AS total,
    c.squares AS squares,
    c.cents AS cents,
    y.department_name AS department_name,
    y.level AS level,
    y.series_key AS series_key,
    y.quality_flag AS quality_flag,
    CASE
      WHEN c.cents <> 0
      THEN TRY_CAST((
        2000000 * c.squares + c.cents * c.cents
      ) DIV (
        2 * c.cents * c.cents
      ) AS DECIMAL(18, 0)) * TRY_CAST(0.000001 AS DECIMAL(7, 6))
    END AS concentration
  FROM summed AS c
  JOIN mart.v_department_year AS y
    ON c.department_key = y.department_key AND c.fiscal_year = y.fiscal_year AND c.region_code = y.region_code
)
SELECT
  s.department_key AS department_key,
  c.department_name AS department_name,
  s.region_code AS region_code,
  c.level AS level,
  s.fiscal_year AS fiscal_year,
  s.fund AS fund,
  s.function_code AS function_code,
  f.function_name AS function_name,
  s.final_account AS final_account,
  (
    TRY_CAST((
      CASE
        WHEN CAST(c.total AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(s.final_account AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(s.final_account AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(s.final_account AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(c.total AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(c.total AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(c.total AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(s.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(c.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(s.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(c.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(c.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(c.total AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS share_percent,
  s.rank_in_department AS rank_in_department,
  c.concentration AS concentration,
  s.final_source AS value_source,
  c.series_key AS series_key,
  c.quality_flag AS quality_flag,
  s.figure_key AS figure_key,
  s.claim_key AS claim_key,
  s.document_key AS document_key
FROM ranked AS s
JOIN concentrated AS c
  ON s.region_code = c.region_code
  AND s.department_key = c.department_key
  AND s.fiscal_year = c.fiscal_year
  AND s.fund = c.fund
LEFT JOIN core.dim_function_year AS f
  ON f.function_code = s.function_code AND f.fiscal_year = s.fiscal_year;
