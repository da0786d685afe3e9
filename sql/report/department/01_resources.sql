-- title: 收入与支出 | Income and expenditure
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 收入总计含年初结转 | total resources include what was carried over
-- view: v_entity_year
-- chart: columns
-- shown: income expenditure

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('total_resources', 'income', 'expenditure', 'total_uses')
ORDER BY page_key, list_position(['total_resources', 'income', 'expenditure', 'total_uses'], item), w.col
