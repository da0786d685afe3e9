-- title: 人均与占比 | Cost a head, and shares
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- note: 由所链各数算出 | computed from the numbers linked
-- view: v_entity_measure
-- chart: none

SELECT w.series_key AS page_key, m.measure AS item, n.measure_name AS item_name, n.measure_name_en AS item_name_en, w.col, m.unit, m.value,
       coalesce(m.number_keys, y.workbook_document_key, y.text_document_key) AS value_to
FROM wanted w
JOIN mart.v_entity_measure m USING (department_key, fiscal_year)
JOIN mart.v_department_year y USING (department_key, fiscal_year)
JOIN report_measures n ON n.measure = m.measure AND n.is_computed
ORDER BY page_key, item, w.col
