-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 3cba32dad77901585d159325c60d0d8796a41afbad4209fa59674bc93649b6a6
CREATE VIEW mart.v_claim_figure AS
SELECT
  c.claim_key AS claim_key,
  f.figure_key AS figure_key,
  c.department_key AS department_key,
  p.department_name AS department_name,
  p.region_code AS region_code,
  p.level AS level,
  c.fiscal_year AS fiscal_year,
  CASE
    WHEN NOT c.function_code IS NULL
    THEN 'function'
    WHEN NOT c.economic_code IS NULL
    THEN 'economic'
    ELSE 'line'
  END AS link_kind,
  c.item AS item,
  c.measure AS measure,
  f.report_table AS report_table,
  f.row_label AS row_label,
  f.fund AS fund,
  c.amount_yuan AS claim_amount,
  f.amount_yuan AS figure_amount,
  CAST(c.amount_yuan - f.amount_yuan AS DECIMAL(28, 2)) AS difference,
  c.half_unit + f.half_unit AS allowed,
  ABS(c.amount_yuan - f.amount_yuan) <= c.half_unit + f.half_unit AS is_within_precision,
  'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end AS claim_place,
  f.sheet || '!' || f.cell AS figure_place,
  c.document_key AS claim_document_key,
  f.document_key AS figure_document_key,
  p.series_key AS series_key,
  p.quality_flag AS quality_flag
FROM core.fact_claim AS c
JOIN core.fact_amount AS f
  ON f.department_key = c.department_key
  AND f.fiscal_year = c.fiscal_year
  AND f.phase = c.measure
  AND COALESCE(f.function_code, f.economic_code, f.line) = COALESCE(c.function_code, c.economic_code, c.line)
  AND CASE
    WHEN NOT f.function_code IS NULL
    THEN 'function'
    WHEN NOT f.economic_code IS NULL
    THEN 'economic'
    ELSE 'line'
  END = CASE
    WHEN NOT c.function_code IS NULL
    THEN 'function'
    WHEN NOT c.economic_code IS NULL
    THEN 'economic'
    ELSE 'line'
  END
  AND (
    c.fund = f.fund OR c.fund IN ('', 'all') AND f.fund = 'all'
  )
JOIN mart.v_department_year AS p
  ON p.department_key = c.department_key AND p.fiscal_year = c.fiscal_year
JOIN core.fact_department_year AS y
  ON y.department_key = f.department_key AND y.fiscal_year = f.fiscal_year AND y.region_code = p.region_code
LEFT JOIN core.dim_line AS l
  ON l.line = CASE WHEN f.function_code IS NULL AND f.economic_code IS NULL THEN f.line END
WHERE
  c.is_current
  AND NOT c.amount_yuan IS NULL
  AND c.measure IN ('final_account', 'initial_budget', 'annual_budget')
  AND (
    c.stated_year IS NULL OR c.stated_year = c.fiscal_year
  )
  AND f.flow = CASE
    WHEN NOT f.function_code IS NULL OR NOT f.economic_code IS NULL
    THEN 'expenditure'
    ELSE COALESCE(NULLIF(l.flow, ''), f.flow)
  END
  AND f.is_current
  AND NOT f.amount_yuan IS NULL
  AND f.component IN ('total', 'economic')
  AND (
    f.function_code IS NULL OR f.economic_code IS NULL
  );
