-- title: 本年支出合计 | Expenditure of the year
-- grain: 一个地区、年度 | one region and fiscal year
-- note: 只加部门一级；地区页列出各部门 | departments only, without their units; the region's page lists them
-- view: v_region_rollup
-- chart: bars

SELECT * FROM (
    SELECT w.region_code AS item, coalesce(r.region_name, w.region_code) AS item_name, NULL AS item_name_en,
           CAST(w.fiscal_year AS VARCHAR) AS col, '元' AS unit, sum(h.value) AS value,
           string_agg(DISTINCT h.doubt, ' ') AS doubt,
           'region ' || w.region_code AS value_to, 'region ' || w.region_code AS item_to
    FROM wanted w
    JOIN mart.v_headline h USING (department_key, fiscal_year)
    LEFT JOIN core.dim_region r ON r.region_code = w.region_code
    WHERE h.headline = 'expenditure' AND w.level = 'department'
    GROUP BY ALL)
ORDER BY max(value) OVER (PARTITION BY item) DESC, item, col
