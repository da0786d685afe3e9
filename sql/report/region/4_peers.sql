-- title: 与同类部门相比 | Beside their peers
-- grain: 一个部门、最近年度、指标 | one department, its latest year and measure
-- note: 同类：同一领域、同级的部门；偏离中位数最多的在前，最多 40 条 | peers: departments of the same sector and level; those furthest from the median first, 40 at most
-- view: v_peer_group
-- column department_name: 部门 | Department
-- column fiscal_year: 年度 | Year
-- column measure_name: 指标 | Measure
-- column measure_name_en: 指标 | Measure
-- column value: 数值 | Value
-- column peer_median: 同类中位数 | Median of the peers
-- column peers: 同类部门数 | Peers

SELECT w.region_code AS page_key, w.department_name, 'department ' || w.series_key AS department_name_to, w.fiscal_year, coalesce(n.measure_name, g.measure) || '（' || m.unit || '）' AS measure_name,
       coalesce(n.measure_name_en, g.measure) || ' (' || CASE m.unit WHEN '元' THEN 'yuan' ELSE m.unit END || ')' AS measure_name_en,
       g.value, coalesce(m.number_keys, y.workbook_document_key, y.text_document_key) AS value_to, g.peer_median,
       'view v_peer_group' AS peer_median_to, g.peers, 'view v_peer_group' AS peers_to
FROM wanted w
JOIN mart.v_peer_group g USING (department_key, fiscal_year)
LEFT JOIN report_measures n USING (measure)
JOIN mart.v_department_year y USING (department_key, fiscal_year)
JOIN mart.v_entity_measure m USING (department_key, fiscal_year, measure)
WHERE g.peers > 1 AND g.robust_z IS NOT NULL
QUALIFY w.fiscal_year = max(w.fiscal_year) OVER (PARTITION BY w.series_key)
    AND row_number() OVER (PARTITION BY w.region_code ORDER BY abs(g.robust_z) DESC, w.department_key, g.measure) <= 40
ORDER BY page_key, abs(g.robust_z) DESC, w.department_key, g.measure
