-- title: 文字与报表的对应 | Claims linked to figures
-- grain: 文字中一个金额与报表中一个金额的对应 | one amount of the text linked to one amount of a table
-- question: 文字里的数与表里的数一致吗？ | Does the text agree with the tables?
-- formula: 同一部门、年度、资金、阶段，且项目（line）、功能科目或经济科目相同；difference = 文字 − 报表；is_within_precision = 差额不超过两者印刷精度之和 | same department, year, fund and phase, and the same line, functional or economic code; difference = text − table; is_within_precision = the difference does not exceed the two printed precisions
-- caution: 一个文字数可对应多张表；没有对应的见 audit.check_evaluation | one claim may meet several tables; those that meet none are in audit.check_evaluation
-- column claim_key: 文字数 | Claim
-- column figure_key: 报表数 | Figure
-- column claim_amount: 文字金额（元） | Amount in the text, in yuan
-- column figure_amount: 报表金额（元） | Amount in the table, in yuan
-- column allowed: 印刷精度允许的差额 | Difference the two printed precisions allow
-- column is_within_precision: 在印刷精度之内一致 | Equal within printed precision
-- column link_kind: line、function、economic | line, function or economic
-- column claim_place: 文字位置 | Place in the text
-- column figure_place: 报表位置 | Place in the table

CREATE VIEW mart.v_claim_figure AS
WITH claims AS (
    SELECT *, CASE WHEN function_code IS NOT NULL THEN 'function' WHEN economic_code IS NOT NULL THEN 'economic' ELSE 'line' END AS link_kind,
           coalesce(function_code, economic_code, line) AS link_code
    FROM core.fact_claim
    WHERE is_current AND amount_yuan IS NOT NULL AND measure IN ('final_account', 'initial_budget', 'annual_budget')
      AND (stated_year IS NULL OR stated_year = fiscal_year) AND coalesce(function_code, economic_code, line) IS NOT NULL),
figures AS (
    SELECT *, CASE WHEN function_code IS NOT NULL THEN 'function' WHEN economic_code IS NOT NULL THEN 'economic' ELSE 'line' END AS link_kind,
           coalesce(function_code, economic_code, line) AS link_code
    FROM core.fact_amount
    WHERE is_current AND amount_yuan IS NOT NULL AND component IN ('total', 'economic')
      AND (function_code IS NULL OR economic_code IS NULL) AND coalesce(function_code, economic_code, line) IS NOT NULL)
SELECT c.claim_key, f.figure_key, c.department_key, p.department_name, p.region_code, p.level, c.fiscal_year, c.link_kind, c.item, c.measure,
       f.report_table, f.row_label, f.fund, c.amount_yuan AS claim_amount, f.amount_yuan AS figure_amount,
       CAST(c.amount_yuan - f.amount_yuan AS DECIMAL(18, 2)) AS difference, c.half_unit + f.half_unit AS allowed,
       abs(c.amount_yuan - f.amount_yuan) <= c.half_unit + f.half_unit AS is_within_precision,
       'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end AS claim_place, f.sheet || '!' || f.cell AS figure_place,
       c.document_key AS claim_document_key, f.document_key AS figure_document_key
FROM claims c
JOIN figures f
  ON f.department_key = c.department_key AND f.fiscal_year = c.fiscal_year AND f.link_kind = c.link_kind AND f.link_code = c.link_code
 AND f.phase = c.measure AND (c.fund = f.fund OR c.fund IN ('', 'all') AND f.fund = 'all')
JOIN core.dim_department p ON p.department_key = c.department_key;
