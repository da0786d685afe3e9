-- title: 支出功能趋势 | Functional spending over the years
-- grain: 一个部门、资金、连续科目代码、年度 | one department, fund, continuous code and fiscal year
-- question: 同一用途的支出逐年如何变化，科目改名移动也能接上？ | How does spending on one purpose develop, across renamed and moved codes?
-- formula: 旧代码按衔接表折成连续代码后求和；同比零底数为空 | old codes are summed under their continuous code; change in percent is NULL on a zero base
-- caution: 拆分的代码不接，comparable_flag 说明原因 | split codes are not joined; comparable_flag says why
-- column canonical_code: 连续代码 | Continuous code
-- column source_codes: 当年所印代码 | Codes of that year
-- column final_account: 决算数 | Final account
-- column prior_account: 上年决算数 | Final account of the year before
-- column change: 增减额 | Change
-- column change_percent: 增减率（%） | Change in percent
-- column comparable_flag: comparable、code_changed、reform、no_base | comparable, code_changed (joined across codes), reform (department reformed) or no_base

CREATE VIEW mart.v_func_trend AS
WITH joined AS (
    SELECT f.department_key, f.fiscal_year, f.fund, f.function_level, coalesce(x.canonical_code, f.function_code) AS canonical_code,
           array_to_string(list_sort(list(f.function_code)), '、') AS source_codes, sum(f.final_account) AS final_account,
           max(f.document_key) AS document_key
    FROM core.fact_function_year f
    LEFT JOIN mart.v_crosswalk_function x USING (function_code)
    WHERE f.final_account IS NOT NULL
    GROUP BY ALL)
SELECT j.department_key, y.department_name, y.region_code, y.level, j.fiscal_year, j.fund, j.function_level, j.canonical_code,
       n.function_name, j.source_codes, CAST(j.final_account AS DECIMAL(18, 2)) AS final_account,
       CAST(p.final_account AS DECIMAL(18, 2)) AS prior_account, CAST(j.final_account - p.final_account AS DECIMAL(18, 2)) AS change,
       core.percent_of(j.final_account - p.final_account, p.final_account) AS change_percent,
       CASE WHEN p.final_account IS NULL THEN 'no_base' WHEN c.reform_flag THEN 'reform'
            WHEN p.source_codes <> j.source_codes THEN 'code_changed' ELSE 'comparable' END AS comparable_flag,
       y.quality_flag, j.document_key
FROM joined j
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN joined p
       ON p.department_key = j.department_key AND p.fund = j.fund AND p.canonical_code = j.canonical_code
      AND p.function_level = j.function_level AND p.fiscal_year = j.fiscal_year - 1
LEFT JOIN mart.v_comparability c ON c.department_key = j.department_key AND c.fiscal_year = j.fiscal_year
LEFT JOIN core.dim_function_year n ON n.function_code = j.canonical_code AND n.fiscal_year = j.fiscal_year;
