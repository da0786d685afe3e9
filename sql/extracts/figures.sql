-- title: 报表数字明细 | Every figure of every report table
-- grain: 一个单元格中的一个数字 | one figure in one cell
-- key: figure_key
-- update: department_key
-- references: documents.document_key, departments.department_key
-- part year: coalesce(CAST(fiscal_year AS VARCHAR), 'none')
-- part province: coalesce(nullif(left(region_code, 2), ''), 'none')
-- question: 每张表印了什么数字，在哪个单元格？ | Which numbers do the tables print, and in which cell?
-- note: 一份文件接着一份，按载入的次序 | document after document, in the order they were loaded
-- caution: 包含所有版次，现行版次 is_current 为真；合计与明细并存 | all versions are here, the current one has is_current true; totals stand beside their parts
-- column report_table: 报表标准名称 | Standard title of the report table

SELECT d.file, a.sheet, a.cell, coalesce(t.report_table_name, a.report_table) AS report_table, a.side,
       coalesce(a.code, '') AS code, a.row_label, a.header_path, a.printed,
       core.printed_number(a.printed, a.value) AS value, a.unit, a.amount_yuan, p.department_name AS department,
       a.fiscal_year, a.row_role, a.component, a.phase, a.fund, a.flow, a.line, a.function_code, a.economic_code,
       p.region_code, p.level, a.department_key, a.disclosure_key, a.document_key, d.version, a.is_current, a.page,
       a.page_box, a.figure_key, a.reading, a.reading_score
FROM core.fact_amount a
JOIN core.dim_document d USING (document_number)
JOIN core.dim_department p ON p.department_key = a.department_key
LEFT JOIN core.dim_report_table t ON t.report_table = a.report_table
