-- title: 关键数同比 | Headlines year on year
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- key: department_key, fiscal_year, headline
-- update: department_key
-- order: department_key
-- references: departments.department_key

SELECT * FROM mart.v_year_on_year ORDER BY department_key, fiscal_year, headline
