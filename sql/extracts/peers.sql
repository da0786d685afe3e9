-- title: 同类部门比较 | Peers
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- key: peer_key, fiscal_year, measure, department_key
-- references: departments.department_key

SELECT * FROM mart.v_peer_group ORDER BY peer_key, fiscal_year, measure, department_key
