-- title: 年初预算与决算 | Budget and final account
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 一般公共预算财政拨款 | general public budget
-- view: v_budget_deviation
-- chart: columns
-- shown: general_initial_budget general_expenditure

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('general_initial_budget', 'general_expenditure', 'general_basic_initial_budget', 'general_basic', 'general_project_initial_budget', 'general_project')
ORDER BY page_key, list_position(['general_initial_budget', 'general_expenditure', 'general_basic_initial_budget', 'general_basic', 'general_project_initial_budget', 'general_project'], item), w.col
