-- title: 各份材料的等级 | Grades of the disclosures
-- grain: 一份公开材料 | one disclosure
-- view: v_trust
-- column grade: 等级 | Grade
-- column fiscal_year: 年度 | Year
-- column department_name: 部门 | Department
-- column main_totals_broken: 主要合计不符 | Main totals broken
-- column money_errors: 金额错误 | Errors in money
-- column minor_errors: 小额错误 | Minor errors
-- column rate_errors: 比率错误 | Errors in rates

SELECT w.region_code AS page_key, coalesce(t.grade, '–') AS grade, 'disclosure ' || w.disclosure_key AS grade_to,
       w.fiscal_year, w.department_name, 'department ' || w.series_key AS department_name_to,
       t.main_totals_broken, 'disclosure ' || w.disclosure_key AS main_totals_broken_to,
       t.money_errors, 'disclosure ' || w.disclosure_key AS money_errors_to,
       t.minor_errors, 'disclosure ' || w.disclosure_key AS minor_errors_to,
       t.rate_errors, 'disclosure ' || w.disclosure_key AS rate_errors_to
FROM wanted w
LEFT JOIN mart.v_trust t USING (department_key, fiscal_year)
WHERE w.is_published
ORDER BY page_key, t.grade DESC NULLS LAST, t.worst_difference DESC NULLS LAST, w.fiscal_year DESC, w.department_name
