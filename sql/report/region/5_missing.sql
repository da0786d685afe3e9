-- title: 未见公开 | Not published
-- grain: 一个部门、年度 | one department and fiscal year
-- view: v_coverage
-- column department_name: 部门 | Department
-- column fiscal_year: 年度 | Year
-- column state: 情况 | State
-- column expected_by: 为何应有 | Expected because

SELECT w.region_code AS page_key, w.department_name, 'department ' || w.series_key AS department_name_to, w.fiscal_year,
       w.state, w.expected_by
FROM wanted w
WHERE NOT w.is_published
ORDER BY page_key, w.fiscal_year DESC, w.department_name
