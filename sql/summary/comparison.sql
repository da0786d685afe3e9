-- title: 运行小结中的比较表：本年支出合计（万元） | The table at the end of a run: expenditure of the year in 10,000 yuan
-- grain: 一个部门、一个年度 | one department and fiscal year
-- note: 只列部门，不列其所属单位 | departments only, not their units

SELECT department_name, fiscal_year, core.per_unit(expenditure, 10000) AS expenditure_ten_thousand_yuan
FROM mart.v_entity_year
WHERE expenditure IS NOT NULL AND level = 'department'
ORDER BY department_name, fiscal_year
