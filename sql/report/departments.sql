-- title: 部门页 | Department pages
-- grain: 一个部门，更名前后为一页 | one department, whatever its names were
-- column former_names: 曾用名及其年度 | Former names and their years

SELECT w.series_key AS page_key, arg_max(w.department_name, w.fiscal_year) AS name, arg_max(w.level, w.fiscal_year) AS level,
       arg_max(w.region_code, w.fiscal_year) AS region_code,
       arg_max(coalesce(r.region_name, w.region_code), w.fiscal_year) AS region_name,
       string_agg(DISTINCT w.department_name || '（' || l.first_year || '–' || l.last_year || '）', '、')
           FILTER (l.successor_department_key IS NOT NULL AND l.series_key <> l.department_key) AS former_names,
       string_agg(DISTINCT w.col, '|' ORDER BY w.col) FILTER (w.department_key <> w.series_key) AS former_cols,
       string_agg(DISTINCT w.col, '|' ORDER BY w.col) AS cols,
       string_agg(DISTINCT w.col, '|' ORDER BY w.col)
           FILTER (v.unit_flag OR v.reform_flag OR v.three_public_scope_flag OR v.budget_basis_flag) AS caution_cols
FROM wanted w
LEFT JOIN core.dim_region r USING (region_code)
LEFT JOIN mart.v_lineage l USING (department_key)
LEFT JOIN mart.v_comparability v ON v.department_key = w.department_key AND v.fiscal_year = w.fiscal_year
GROUP BY w.series_key
ORDER BY page_key
