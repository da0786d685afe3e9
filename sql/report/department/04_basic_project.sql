-- title: 基本支出与项目支出 | Basic and project expenditure
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 基本支出保运转，项目支出办专事 | basic expenditure keeps the office going, projects are for particular tasks
-- view: v_basic_project
-- chart: columns
-- shown: basic project

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('basic', 'basic_personnel', 'basic_public', 'project')
ORDER BY page_key, list_position(['basic', 'basic_personnel', 'basic_public', 'project'], item), w.col
