-- title: 关键数同比 | Headlines year on year
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline

SELECT * FROM mart.v_year_on_year
