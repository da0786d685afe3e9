-- title: 关键数及其出处 | Headlines and where they stand
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- question: 每个关键数从哪里来，有多精确，有没有疑点？ | Where is each headline from, how precise is it, and is it in doubt?
-- example: 哪些关键数有疑点？ | Which headlines are in doubt?
-- ask: SELECT department_name, fiscal_year, headline_name, value, doubt FROM mart.v_headline WHERE doubt IS NOT NULL ORDER BY ALL
-- example: 某部门支出合计出自哪个单元格？ | In which cell does the expenditure of one department stand?
-- ask: SELECT fiscal_year, value, value_source, place, figure_key FROM mart.v_headline WHERE department_name LIKE '%应急管理局' AND headline = 'expenditure' ORDER BY ALL
-- caution: 各视图中的关键数都取自这里，来源、精度与疑点以此为准 | every view takes its headlines from here: for source, precision and doubt of one number look here

CREATE VIEW mart.v_headline AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, h.headline, n.headline_name,
       n.headline_name_en, n.unit,
       h.value, h.half_unit, h.value_source, h.doubt, h.prior_value, h.prior_source AS base_source, h.place,
       h.figure_key, h.claim_key,
           h.document_key,
       y.series_key, y.quality_flag
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
JOIN core.dim_headline n USING (headline);
