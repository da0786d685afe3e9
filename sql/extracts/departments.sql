-- title: 部门和单位 | Departments and units
-- grain: 一个部门、单位或行政区 | one department, unit or whole area
-- key: department_key
-- question: 有哪些部门，属于哪个地区、哪一级？ | Which departments are there, of which region and level?

SELECT department_key, department_name AS department, region_code, level
FROM core.dim_department
ORDER BY department_key
