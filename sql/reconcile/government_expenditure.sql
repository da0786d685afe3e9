-- title: 各部门一般公共预算支出与本级总数 | Departments' general budget expenditure and the government's own total
-- grain: 一个地区、一个年度、总数或一个功能分类的类 | one region and year, the total or one functional class
-- about: 政府，不是一份公开材料 | governments
-- note: 政府总数登记在 pipelines/reference/indicators.csv：government_general_budget_expenditure，类加编码（…_208）；转移支付与未公开的部门使部门之和小于总数，不能大于 | the government's own totals stand in pipelines/reference/indicators.csv as government_general_budget_expenditure, with the code for a class (.._208); transfers and departments that do not disclose leave the sum below the total, never above it

WITH totals AS (
    SELECT region_code, fiscal_year, nullif(replace(replace(indicator, 'government_general_budget_expenditure', ''),
               '_', ''), '') AS code,
           value * yuan_factor AS yuan, coalesce(half_unit, 0) * yuan_factor AS half
    FROM core.fact_reference_indicator JOIN core.dim_unit USING (unit)
    WHERE starts_with(indicator, 'government_general_budget_expenditure') AND department_key = ''
        AND yuan_factor IS NOT NULL),
doubts AS (
    SELECT document_key, sheet, min(place) AS place FROM core.reading_doubt GROUP BY ALL),
spent AS (
    SELECT p.region_code, a.fiscal_year, a.function_code AS code, a.amount_yuan, a.half_unit, a.department_key,
           d.place AS doubt
    FROM core.fact_amount a JOIN core.dim_department p USING (department_key)
    LEFT JOIN doubts d USING (document_key, sheet)
    WHERE a.is_current AND p.level = 'department' AND a.report_table = 'general_budget_expenditure'
        AND a.component = 'total'
      AND a.phase = 'final_account' AND a.amount_yuan IS NOT NULL
      AND (length(a.function_code) = 3 OR a.function_code IS NULL AND a.line = 'total'))
SELECT '' AS disclosure_key, t.region_code || ' ' || t.fiscal_year || coalesce(' ' || t.code, '') || ' ('
       || count(DISTINCT s.department_key) || ')' AS subject,
       CAST(sum(s.amount_yuan) AS DECIMAL(28, 2)) AS left_value, CAST(sum(s.half_unit) AS DECIMAL(28, 8)) AS left_half,
       CAST(t.yuan AS DECIMAL(28, 2)) AS right_value, CAST(t.half AS DECIMAL(28, 8)) AS right_half,
           min(s.doubt) AS doubt
FROM totals t
JOIN spent s ON s.region_code = t.region_code AND s.fiscal_year = t.fiscal_year AND s.code IS NOT DISTINCT FROM t.code
GROUP BY t.region_code, t.fiscal_year, t.code, t.yuan, t.half
ORDER BY ALL
