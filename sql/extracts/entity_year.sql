-- title: 部门年度概览 | Department year at a glance
-- money: total_resources, income, expenditure, opening_balance, closing_balance, general_expenditure, fund_expenditure, capital_expenditure, basic, project, expenditure_per_resident, real_expenditure
-- grain: 一个部门或单位、一个年度 | one department or unit and fiscal year
-- key: department_key, fiscal_year
-- update: department_key
-- order: region_code, department_key
-- references: departments.department_key

SELECT * FROM mart.v_entity_year ORDER BY region_code, department_key, fiscal_year
