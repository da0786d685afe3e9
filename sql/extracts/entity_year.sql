-- title: 部门年度概览 | Department year at a glance
-- grain: 一个部门或单位、一个年度 | one department or unit and fiscal year

SELECT * FROM mart.v_entity_year ORDER BY region_code, department_key, fiscal_year
