-- title: 结转和结余 | Balances carried
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 年初与年末 | at the beginning and at the end of the year
-- view: v_balance_chain
-- chart: columns
-- shown: opening_balance closing_balance

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('opening_balance', 'closing_balance', 'fiscal_opening_balance', 'fiscal_closing_balance')
ORDER BY page_key, list_position(['opening_balance', 'closing_balance', 'fiscal_opening_balance', 'fiscal_closing_balance'], item), w.col
