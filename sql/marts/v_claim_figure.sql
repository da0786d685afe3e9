-- title: 文字与报表的对应 | Claims linked to figures
-- grain: 文字中一个金额与报表中一个金额的对应 | one amount of the text linked to one amount of a table
-- question: 文字里的数与表里的数一致吗？ | Does the text agree with the tables?
-- example: 哪些文字数与报表数不一致？ | Which numbers of the text differ from the tables?
-- ask: SELECT department_name, fiscal_year, item, claim_amount, figure_amount, difference FROM mart.v_claim_figure WHERE NOT is_within_precision ORDER BY abs(difference) DESC, 1, 2, 3, 4, 5 LIMIT 20
-- example: 一致的占多少？ | How many agree?
-- ask: SELECT is_within_precision, count(*) AS pairs FROM mart.v_claim_figure GROUP BY ALL ORDER BY ALL
-- formula: 同一部门、年度、资金、阶段与流向，且项目（line）、功能科目或经济科目相同；difference = 文字 − 报表；is_within_precision = 差额不超过两者印刷精度之和 | same department, year, fund, phase and flow (codes are about expenditure, never the opening, income or closing columns of the same row), and the same line, functional or economic code; difference = text − table; is_within_precision = the difference does not exceed the two printed precisions
-- caution: 一个文字数可对应多张表；没有对应的见 audit.check_evaluation | one claim may meet several tables; those that meet none are in audit.check_evaluation
-- column is_within_precision: 在印刷精度之内一致 | Equal within printed precision
-- column link_kind: line、function、economic | line, function or economic
-- note: 联接条件直接写在两张表的列上，报表数另与部门年度联接一次：否则地区与年度的筛选到不了千万行数字 | the two tables are joined on their own columns, and the figures once more to their department's year: else a filter by region does not reach the ten million figures

CREATE VIEW mart.v_claim_figure AS
SELECT c.claim_key, f.figure_key, c.department_key, p.department_name, p.region_code, p.level, c.fiscal_year,
       CASE WHEN c.function_code IS NOT NULL THEN 'function' WHEN c.economic_code IS NOT NULL THEN 'economic'
           ELSE 'line' END AS link_kind,
       c.item, c.measure, f.report_table, f.row_label, f.fund, c.amount_yuan AS claim_amount,
           f.amount_yuan AS figure_amount,
       CAST(c.amount_yuan - f.amount_yuan AS DECIMAL(28, 2)) AS difference, c.half_unit + f.half_unit AS allowed,
       abs(c.amount_yuan - f.amount_yuan) <= c.half_unit + f.half_unit AS is_within_precision,
       'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end AS claim_place,
           f.sheet || '!' || f.cell AS figure_place,
       c.document_key AS claim_document_key, f.document_key AS figure_document_key, p.series_key, p.quality_flag
FROM core.fact_claim c
JOIN core.fact_amount f
  ON f.department_key = c.department_key AND f.fiscal_year = c.fiscal_year AND f.phase = c.measure
 AND coalesce(f.function_code, f.economic_code, f.line) = coalesce(c.function_code, c.economic_code, c.line)
 AND CASE WHEN f.function_code IS NOT NULL THEN 'function' WHEN f.economic_code IS NOT NULL THEN 'economic'
     ELSE 'line' END
   = CASE WHEN c.function_code IS NOT NULL THEN 'function' WHEN c.economic_code IS NOT NULL THEN 'economic'
       ELSE 'line' END
 AND (c.fund = f.fund OR c.fund IN ('', 'all') AND f.fund = 'all')
JOIN mart.v_department_year p ON p.department_key = c.department_key AND p.fiscal_year = c.fiscal_year
JOIN core.fact_department_year y
  ON y.department_key = f.department_key AND y.fiscal_year = f.fiscal_year AND y.region_code = p.region_code
LEFT JOIN core.dim_line l
       ON l.line = CASE WHEN f.function_code IS NULL AND f.economic_code IS NULL THEN f.line END
WHERE c.is_current AND c.amount_yuan IS NOT NULL AND c.measure IN ('final_account', 'initial_budget', 'annual_budget')
  AND (c.stated_year IS NULL OR c.stated_year = c.fiscal_year)
  AND f.flow = CASE WHEN f.function_code IS NOT NULL OR f.economic_code IS NOT NULL THEN 'expenditure'
                    ELSE coalesce(nullif(l.flow, ''), f.flow) END
  AND f.is_current AND f.amount_yuan IS NOT NULL AND f.component IN ('total', 'economic') AND (f.function_code IS NULL
      OR f.economic_code IS NULL);
