-- title: 政府采购 | Government procurement
-- grain: 一个部门、年度、种类 | one department, fiscal year and kind
-- key: department_key, fiscal_year, kind
-- update: department_key
-- order: region_code, department_key
-- references: departments.department_key

SELECT * FROM mart.v_procurement ORDER BY region_code, department_key, fiscal_year, kind
