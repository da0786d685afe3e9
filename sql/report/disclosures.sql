-- title: 公开材料页 | Disclosure pages
-- grain: 一份公开材料 | one disclosure
-- note: 选定部门与年度的材料，以及各页数字所出的其他材料 | those of the departments and years chosen, and others that a number comes from

SELECT t.page_key, p.department_name AS name, p.series_key, p.level, p.region_code,
       coalesce(r.region_name, p.region_code) AS region_name, t.fiscal_year, g.grade
FROM (SELECT CASE WHEN disclosure_key = '' THEN document_key ELSE disclosure_key END AS page_key,
             any_value(department_key) AS department_key, any_value(fiscal_year) AS fiscal_year
      FROM core.dim_document GROUP BY ALL) t
JOIN core.dim_department p USING (department_key)
LEFT JOIN core.dim_region r USING (region_code)
LEFT JOIN mart.v_trust g ON g.disclosure_key = t.page_key
WHERE t.page_key IN (SELECT disclosure_key FROM wanted) OR t.page_key IN (SELECT page_key FROM linked)
ORDER BY page_key
