-- title: 公务用车、接待与出国 | Vehicles, receptions, journeys abroad
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 实物量 | counts
-- view: v_sangong_unit
-- chart: none
-- shown: -

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('vehicles_kept', 'vehicles_bought', 'reception_batches', 'reception_persons', 'overseas_groups', 'overseas_persons')
ORDER BY page_key, list_position(['vehicles_kept', 'vehicles_bought', 'reception_batches', 'reception_persons', 'overseas_groups', 'overseas_persons'], item), w.col
