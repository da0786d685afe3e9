-- title: 关键数同比 | Headlines year on year
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- key: department_key, fiscal_year, headline
-- update: department_key
-- references: departments.department_key
-- note: 按部门、年度、关键数排列，上次重建以后更新的部门在后 | by department, year and headline; departments updated since the last rebuild come last

SELECT * FROM mart.v_year_on_year
