-- title: 未见公开 | Not published
-- grain: 一个部门、年度 | one department and fiscal year
-- view: v_coverage
-- column department_name: 部门 | Department
-- column fiscal_year: 年度 | Year
-- column state: 情况 | State
-- column state_en: 情况 | State
-- column expected_by: 为何应有 | Expected because
-- column expected_by_en: 为何应有 | Expected because

SELECT w.region_code AS page_key, w.department_name, 'department ' || w.series_key AS department_name_to, w.fiscal_year,
       w.state, replace(w.state, '_', ' ') AS state_en, w.expected_by,
       CASE w.expected_by WHEN 'held' THEN 'published other years' WHEN 'listed' THEN 'in a list of units'
                          WHEN 'expected_list' THEN 'in the list of those expected' ELSE w.expected_by END AS expected_by_en
FROM wanted w
WHERE NOT w.is_published
ORDER BY page_key, w.fiscal_year DESC, w.department_name
