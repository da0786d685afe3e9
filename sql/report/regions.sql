-- title: 地区页 | Region pages
-- grain: 一个地区 | one region

SELECT w.region_code AS page_key, coalesce(r.region_name, w.region_code) AS name, p.region_name AS within,
       count(DISTINCT w.series_key) AS departments, min(w.fiscal_year) AS first_year, max(w.fiscal_year) AS last_year
FROM wanted w
LEFT JOIN core.dim_region r USING (region_code)
LEFT JOIN core.dim_region p ON p.region_code = coalesce(r.prefecture_code, r.province_code)
GROUP BY ALL
ORDER BY page_key
