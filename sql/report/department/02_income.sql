-- title: 收入来源 | Where the money comes from
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 财政拨款收入为其中三种预算之和 | the fiscal appropriation is the sum of its three budgets
-- view: v_income_mix
-- chart: bars
-- shown: income_general income_fund income_capital income_superior_subsidy income_business income_operating income_affiliate income_other

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('income_fiscal', 'income_general', 'income_fund', 'income_capital', 'income_superior_subsidy', 'income_business', 'income_operating', 'income_affiliate', 'income_other')
ORDER BY page_key, list_position(['income_fiscal', 'income_general', 'income_fund', 'income_capital', 'income_superior_subsidy', 'income_business', 'income_operating', 'income_affiliate', 'income_other'], item), w.col
