-- title: 预决算偏离度 | Budget deviation
-- grain: 一个部门、年度、资金、功能科目（类、款或项） | one department, fiscal year, fund and functional code of any level
-- question: 哪些科目的决算大幅偏离预算？ | Which codes deviate most from their budget?
-- example: 哪些项级科目偏离预算超过两成？ | Which items are more than a fifth off their budget?
-- ask: SELECT department_name, fiscal_year, function_code, function_name, deviation, deviation_percent FROM mart.v_budget_deviation WHERE function_level = 'item' AND band = 'over_20' ORDER BY abs(deviation) DESC, 1, 2, 3 LIMIT 20
-- example: 哪些科目没有年初预算却有支出？ | Which codes were spent on without an initial budget?
-- ask: SELECT department_name, fiscal_year, function_code, final_account FROM mart.v_budget_deviation WHERE band = 'new' ORDER BY ALL
-- formula: deviation_percent = 100 × (决算 − 年初预算) / 年初预算；年初预算为零时为空并标 new | deviation_percent = 100 × (final − initial budget) / initial budget; NULL with band new when the budget is zero
-- caution: 类、款、项并存，不可相加；只有全年预算时用 versus_annual_percent | levels stand side by side: never add them; use versus_annual_percent where only the full-year budget is known
-- column versus_annual_percent: 与全年预算的偏离（%） | Deviation from the full-year budget in percent
-- column band: 幅度：within_5、within_20、over_20、new、unknown | within_5, within_20, over_20 percent, new (budget zero) or unknown

CREATE VIEW mart.v_budget_deviation AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, i.fund, i.function_level,
       i.function_code,
       f.function_name, i.initial_budget, i.annual_budget, i.final_account,
           i.final_account - i.initial_budget AS deviation,
       core.percent_of(i.final_account - i.initial_budget, i.initial_budget) AS deviation_percent,
       core.percent_of(i.final_account - i.annual_budget, i.annual_budget) AS versus_annual_percent,
       CASE WHEN i.initial_budget IS NULL THEN 'unknown' WHEN i.initial_budget = 0 AND i.final_account <> 0 THEN 'new'
            WHEN 20 * abs(i.final_account - i.initial_budget) <= abs(i.initial_budget) THEN 'within_5'
            WHEN 5 * abs(i.final_account - i.initial_budget) <= abs(i.initial_budget) THEN 'within_20'
                ELSE 'over_20' END AS band,
       i.budget_source, i.final_source AS value_source, y.series_key, y.quality_flag,
       nullif(concat_ws(' ', coalesce(i.figure_key, i.claim_key), i.budget_key), '') AS number_keys, i.document_key
FROM core.fact_function_year i
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN core.dim_function_year f ON f.function_code = i.function_code AND f.fiscal_year = i.fiscal_year
WHERE i.final_account IS NOT NULL AND coalesce(i.initial_budget, i.annual_budget) IS NOT NULL;
