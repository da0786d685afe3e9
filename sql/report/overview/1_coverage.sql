-- title: 公开情况 | Coverage
-- grain: 一个地区、年度 | one region and fiscal year
-- note: 已公开的部门与单位数 / 应公开数；应公开的依据见 v_coverage | departments and units that published / expected to; v_coverage says why they are expected
-- view: v_coverage
-- chart: columns

SELECT * FROM (
    SELECT w.region_code AS item, coalesce(r.region_name, w.region_code) AS item_name, NULL AS item_name_en,
           CAST(w.fiscal_year AS VARCHAR) AS col, '' AS unit, count(DISTINCT w.series_key) FILTER (w.is_published) AS value,
           count(DISTINCT w.series_key) AS out_of, 'region ' || w.region_code AS value_to, 'region ' || w.region_code AS item_to
    FROM wanted w
    LEFT JOIN core.dim_region r USING (region_code)
    GROUP BY ALL)
ORDER BY sum(value) OVER (PARTITION BY item) DESC, item, col
