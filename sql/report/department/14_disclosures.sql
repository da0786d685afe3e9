-- title: 公开材料 | Disclosures
-- grain: 一个部门、年度 | one department and fiscal year
-- view: v_trust
-- column fiscal_year: 年度 | Year
-- column department_name: 当时名称 | Name then
-- column grade: 等级 | Grade
-- column state: 情况 | State
-- column state_en: 情况 | State

SELECT w.series_key AS page_key, w.fiscal_year,
       CASE WHEN w.is_published THEN 'disclosure ' || w.disclosure_key END AS fiscal_year_to, w.department_name,
       coalesce(w.grade, '–') AS grade, CASE WHEN w.is_published THEN 'disclosure ' || w.disclosure_key END AS grade_to, w.state,
       CASE w.state WHEN 'both' THEN 'tables and text' WHEN 'workbook_only' THEN 'tables only' WHEN 'text_only' THEN 'text only'
                    ELSE replace(w.state, '_', ' ') END AS state_en
FROM wanted w
ORDER BY page_key, w.fiscal_year DESC, w.department_name
