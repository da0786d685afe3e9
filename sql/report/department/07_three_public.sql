-- title: “三公”经费 | Three public expenses
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 预算口径见提示 | see the cautions for what the budget is
-- view: v_sangong
-- chart: columns
-- shown: three_public_total_budget three_public_total

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('three_public_total_budget', 'three_public_total', 'three_public_overseas_budget', 'three_public_overseas', 'three_public_vehicles_budget', 'three_public_vehicles', 'three_public_vehicle_purchase_budget', 'three_public_vehicle_purchase', 'three_public_vehicle_running_budget', 'three_public_vehicle_running', 'three_public_reception_budget', 'three_public_reception')
ORDER BY page_key, list_position(['three_public_total_budget', 'three_public_total', 'three_public_overseas_budget', 'three_public_overseas', 'three_public_vehicles_budget', 'three_public_vehicles', 'three_public_vehicle_purchase_budget', 'three_public_vehicle_purchase', 'three_public_vehicle_running_budget', 'three_public_vehicle_running', 'three_public_reception_budget', 'three_public_reception'], item), w.col
