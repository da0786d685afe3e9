-- title: 支出功能趋势 | Functional spending over the years
-- grain: 一个部门、资金、连续科目代码、年度 | one department, fund, continuous code and fiscal year
-- question: 同一用途的支出逐年如何变化，科目改名移动也能接上？ | How does spending on one purpose develop, across renamed and moved codes?
-- example: 应急类支出逐年如何？ | How does spending on emergency management develop?
-- ask: SELECT department_name, fiscal_year, final_account, change_percent, change_flag FROM mart.v_func_trend WHERE canonical_code = '224' AND fund = 'all' ORDER BY ALL
-- example: 哪些类因科目移动不可比？ | Which classes cannot be compared because codes moved?
-- ask: SELECT department_name, fiscal_year, canonical_code, moved_codes FROM mart.v_func_trend WHERE change_flag = 'code_moved' ORDER BY ALL
-- formula: 旧代码按衔接表折成连续代码后求和；同比零底数为空 | old codes are summed under their continuous code; change in percent is NULL on a zero base
-- caution: 拆分的代码不接，change_flag 说明原因 | split codes are not joined; change_flag says why
-- caution: change_flag：comparable 可比、code_changed 科目衔接、code_moved 下级科目跨科目移动（不可比）、renamed 上年用旧名、reform 机构改革、no_base 没有上年 | change_flag is comparable, code_changed (joined across codes), code_moved (a reform moved codes out of it or into it: not comparable), renamed (the year before stands under the former name), reform (department reformed) or no_base
-- column source_codes: 当年所印代码 | Codes of that year

CREATE VIEW mart.v_func_trend AS
SELECT j.department_key, y.department_name, y.region_code, y.level, j.fiscal_year, j.fund, j.function_level,
       j.canonical_code,
       n.function_name, j.source_codes, j.final_account, j.prior_final_account,
           CAST(j.final_account - j.prior_final_account AS DECIMAL(28, 2)) AS change,
       core.percent_of(j.final_account - j.prior_final_account, j.prior_final_account) AS change_percent,
       CASE WHEN j.prior_final_account IS NULL THEN 'no_base' WHEN j.moved_codes IS NOT NULL THEN 'code_moved'
            WHEN c.former_department_key IS NOT NULL THEN 'renamed' WHEN c.reform_flag THEN 'reform'
            WHEN j.prior_codes <> j.source_codes THEN 'code_changed' ELSE 'comparable' END AS change_flag,
                j.moved_codes,
       y.series_key, y.quality_flag, j.number_keys, j.document_key
FROM core.fact_function_trend j
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN mart.v_comparability c USING (department_key, fiscal_year)
LEFT JOIN core.dim_function_year n ON n.function_code = j.canonical_code AND n.fiscal_year = j.fiscal_year;
