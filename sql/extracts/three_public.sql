-- title: “三公”经费 | Three public expenses
-- grain: 一个部门、年度、项目 | one department, fiscal year and item
-- key: department_key, fiscal_year, item
-- update: department_key
-- order: region_code, department_key
-- references: departments.department_key

SELECT * FROM mart.v_sangong ORDER BY region_code, department_key, fiscal_year, item
