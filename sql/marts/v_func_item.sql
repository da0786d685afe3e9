-- title: 支出功能明细 | Expenditure by functional item
-- grain: 一个部门、年度、资金、项级科目 | one department, fiscal year, fund and functional item (项)
-- question: 每一项科目预算多少、花了多少？ | What was budgeted and spent under each item?
-- example: 某个项级科目各部门花了多少？ | What did each department spend under one item?
-- ask: SELECT department_name, fiscal_year, final_account FROM mart.v_func_item WHERE function_code = '2240101' AND fund = 'all' ORDER BY ALL
-- example: 哪些项级科目支出最多？ | Which items take most money?
-- ask: SELECT function_code, function_name, sum(final_account) AS spent FROM mart.v_func_item WHERE fund = 'all' AND level = 'department' GROUP BY ALL ORDER BY spent DESC, 1, 2 LIMIT 10
-- formula: deviation = 决算 − 年初预算；deviation_percent = 100 × deviation / 年初预算，零预算为空 | deviation = final − initial budget; deviation_percent = 100 × deviation / initial budget, NULL on a zero budget
-- caution: 各 fund 之间有包含关系，不可相加 | funds contain each other: never add them
-- column class_name: 类 | Class (类)
-- column group_name: 款 | Group (款)

CREATE VIEW mart.v_func_item AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, i.fund, i.function_code,
       f.function_name,
       g.function_name AS group_name, c.function_name AS class_name, i.initial_budget, i.annual_budget, i.final_account,
           i.basic,
       i.project, i.final_account - i.initial_budget AS deviation,
       core.percent_of(i.final_account - i.initial_budget, i.initial_budget) AS deviation_percent,
       i.final_source AS value_source, i.budget_source, y.series_key, y.quality_flag,
       nullif(concat_ws(' ', coalesce(i.figure_key, i.claim_key), i.budget_key), '') AS number_keys, i.document_key
FROM core.fact_function_year i
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN core.dim_function_year f ON f.function_code = i.function_code AND f.fiscal_year = i.fiscal_year
LEFT JOIN core.dim_function_year g ON g.function_code = left(i.function_code, 5) AND g.fiscal_year = i.fiscal_year
LEFT JOIN core.dim_function_year c ON c.function_code = left(i.function_code, 3) AND c.fiscal_year = i.fiscal_year
WHERE i.function_level = 'item';
