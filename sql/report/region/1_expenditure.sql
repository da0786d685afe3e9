-- title: 本年支出合计 | Expenditure of the year
-- grain: 一个部门、年度 | one department and fiscal year
-- note: 只列部门一级，按最大的一年排序 | departments without their units, by their largest year
-- view: v_rank
-- chart: bars

SELECT w.region_code AS page_key, w.series_key AS item,
       last_value(w.department_name) OVER (PARTITION BY w.series_key ORDER BY w.fiscal_year
           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS item_name, NULL AS item_name_en,
       CAST(w.fiscal_year AS VARCHAR) AS col, h.unit, h.value, h.doubt,
       coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to, 'department ' || w.series_key AS item_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline = 'expenditure' AND w.level = 'department'
ORDER BY page_key, max(h.value) OVER (PARTITION BY w.series_key) DESC, item, col
