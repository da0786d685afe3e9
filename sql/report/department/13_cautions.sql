-- title: 年度之间不可直接比较之处 | Where years do not compare
-- grain: 一个部门、年度 | one department and fiscal year
-- view: v_comparability
-- column fiscal_year: 年度 | Year
-- column caution: 提示 | Caution
-- column caution_en: 提示 | Caution

SELECT w.series_key AS page_key, w.fiscal_year,
       concat_ws('；', CASE WHEN v.reform_flag THEN '机构更名或改革' END, CASE WHEN v.unit_flag THEN '计量单位改变' END,
                 CASE WHEN v.three_public_scope_flag THEN '“三公”经费口径改变：' || v.three_public_scope END,
                 CASE WHEN v.budget_basis_flag THEN '预算口径改变：' || v.three_public_budget_basis END) AS caution,
       concat_ws('; ', CASE WHEN v.reform_flag THEN 'renamed or reorganised' END, CASE WHEN v.unit_flag THEN 'unit changed' END,
                 CASE WHEN v.three_public_scope_flag THEN 'scope of the three public expenses changed: ' || v.three_public_scope END,
                 CASE WHEN v.budget_basis_flag THEN 'the budget means something else: ' || v.three_public_budget_basis END) AS caution_en
FROM wanted w
JOIN mart.v_comparability v USING (department_key, fiscal_year)
WHERE v.reform_flag OR v.unit_flag OR v.three_public_scope_flag OR v.budget_basis_flag
ORDER BY page_key, w.fiscal_year
