-- title: 按功能分类的支出 | Expenditure by function
-- grain: 一个部门、年度、功能类 | one department, fiscal year and functional class
-- note: 全部资金，类一级 | all funds, by class
-- view: v_func_mix
-- chart: bars

SELECT * FROM (
    SELECT w.series_key AS page_key, f.function_code AS item, f.function_code || ' ' || f.function_name AS item_name, NULL AS item_name_en,
           w.col, '元' AS unit, f.final_account AS value,
           coalesce(min(a.figure_key), min(c.claim_key), min(f.document_key)) AS value_to
    FROM wanted w
    JOIN mart.v_func_mix f USING (department_key, fiscal_year)
    LEFT JOIN core.fact_amount a
           ON a.document_key = f.document_key AND a.function_code = f.function_code AND a.fund = f.fund AND a.is_current
          AND a.phase = 'final_account' AND a.component = 'total' AND a.amount_yuan = f.final_account
    LEFT JOIN core.fact_claim c
           ON c.document_key = f.document_key AND c.function_code = f.function_code AND c.is_current
          AND c.measure = 'final_account' AND c.amount_yuan = f.final_account
    WHERE f.fund = 'all'
    GROUP BY ALL)
ORDER BY page_key, max(value) OVER (PARTITION BY page_key, item) DESC, item, col
