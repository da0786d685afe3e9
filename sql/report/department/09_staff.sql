-- title: 人员 | Staff
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- note: 年末实有人数与编制 | staff at the end of the year, and posts
-- view: v_staffing
-- chart: none
-- shown: -

SELECT w.series_key AS page_key, h.headline AS item, h.headline_name AS item_name, h.headline_name_en AS item_name_en, w.col,
       h.unit, h.value, h.doubt, coalesce(h.figure_key, h.claim_key, h.document_key) AS value_to
FROM wanted w
JOIN mart.v_headline h USING (department_key, fiscal_year)
WHERE h.headline IN ('quota_administrative', 'actual_administrative', 'quota_institution', 'actual_institution', 'other_staff', 'retired')
ORDER BY page_key, list_position(['quota_administrative', 'actual_administrative', 'quota_institution', 'actual_institution', 'other_staff', 'retired'], item), w.col
