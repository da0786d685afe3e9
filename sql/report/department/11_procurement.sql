-- title: 政府采购 | Government procurement
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 总额为货物、工程、服务之和；中小企业为合同金额 | the total sums goods, works and services; small firms: contracts
-- view: v_procurement
-- chart: columns
-- shown: procurement_total procurement_sme

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('procurement_total', 'procurement_goods', 'procurement_works', 'procurement_services', 'procurement_sme', 'procurement_micro')
ORDER BY page_key, list_position(['procurement_total', 'procurement_goods', 'procurement_works', 'procurement_services', 'procurement_sme', 'procurement_micro'], item), w.col
