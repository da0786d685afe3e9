-- title: 可信等级 | Grades
-- grain: 一个地区、等级 | one region and grade
-- note: 材料份数；A 最好。等级由不成立的勾稽及其金额决定，见 v_trust | disclosures; A is best. The grade follows from what does not agree and how much money it concerns: v_trust
-- view: v_trust
-- chart: columns

SELECT * FROM (
    SELECT w.region_code AS item, coalesce(r.region_name, w.region_code) AS item_name, NULL AS item_name_en,
           coalesce(w.grade, '–') AS col, '' AS unit, count(*) AS value, 'region ' || w.region_code || ' #grades' AS value_to,
           'region ' || w.region_code AS item_to
    FROM wanted w
    LEFT JOIN core.dim_region r USING (region_code)
    WHERE w.is_published
    GROUP BY ALL)
ORDER BY sum(value) OVER (PARTITION BY item) DESC, item, col
