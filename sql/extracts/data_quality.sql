-- title: 数据质量 | Data quality
-- grain: 一份公开材料 | one disclosure
-- key: department_key, fiscal_year
-- update: department_key
-- order: region_code, department_key
-- references: departments.department_key

SELECT c.*, s.checks, s.evaluated, s.broken_errors, s.broken_warnings, s.identity_score, y.errors, y.warnings
FROM mart.v_completeness c
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN mart.v_identity_score s USING (department_key, fiscal_year)
ORDER BY c.region_code, c.department_key, c.fiscal_year
