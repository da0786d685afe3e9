-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: a77c1a2e68aadec71d3826222887eb07e389a7a76d6cfa7487cb55a1457d7296
CREATE VIEW mart.v_code_name AS
WITH printed AS (
  SELECT
    fact_amount.department_key AS department_key,
    fact_amount.fiscal_year AS fiscal_year,
    fact_amount.function_code AS function_code,
    fact_amount.row_name AS printed_name,
    fact_amount.document_key AS document_key,
    COUNT(*) AS figures,
    MIN(fact_amount.sheet || '!' || fact_amount.cell) AS place,
    MIN(fact_amount.figure_key) AS figure_key
  FROM core.fact_amount AS fact_amount
  WHERE
    fact_amount.is_current
    AND NOT fact_amount.code IS NULL
    AND fact_amount.code = fact_amount.function_code
    AND fact_amount.row_name <> ''
    AND NOT fact_amount.fiscal_year IS NULL
  GROUP BY
    fact_amount.department_key,
    fact_amount.fiscal_year,
    fact_amount.function_code,
    fact_amount.row_name,
    fact_amount.document_key
), former AS (
  SELECT DISTINCT
    dim_function.function_code AS function_code,
    dim_function.function_name AS function_name
  FROM core.dim_function AS dim_function
  WHERE
    dim_function.is_known
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.function_code AS function_code,
  p.printed_name AS printed_name,
  n.function_name AS function_name,
  n.certainty AS certainty,
  CASE
    WHEN n.function_code IS NULL OR NOT n.is_known
    THEN 'unknown_code'
    WHEN NOT n.is_in_force
    THEN 'not_in_force'
    WHEN NOT f.function_code IS NULL
    THEN 'former_name'
    ELSE 'other_name'
  END AS mismatch,
  p.figures AS figures,
  p.place AS place,
  p.figure_key AS figure_key,
  p.document_key AS document_key,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM printed AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.fiscal_year = y.fiscal_year
LEFT JOIN core.dim_function_year AS n
  ON n.function_code = p.function_code AND n.fiscal_year = p.fiscal_year
LEFT JOIN former AS f
  ON f.function_code = p.function_code AND f.function_name = p.printed_name
WHERE
  n.function_code IS NULL OR NOT n.is_known OR NOT n.is_in_force OR n.function_name <> p.printed_name;
