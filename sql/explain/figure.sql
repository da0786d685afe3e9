-- title: 报表数字 | Figure of a report table
-- grain: 一个单元格 | one cell
-- column department: 部门 | Department
-- column fund_name: 资金 | Fund
-- column phase_name: 预算阶段 | Budget phase
-- column component_name: 栏目含义 | Meaning of the column
-- column line_name: 标准项目 | Standard line
-- column page: 页 | Page
-- column page_box: 页上位置（磅） | Box on the page in points
-- column reading: ocr 为由图片识别 | ocr where it was recognised on a picture
-- column reading_score: 识别程序的把握（百分数） | How sure the recogniser was, in percent
-- column half_unit: 印刷精度的一半 | Half of the last printed digit

SELECT a.figure_key, p.department_name AS department, a.fiscal_year,
       coalesce(t.report_table_name, a.report_table) AS report_table, a.layout, a.sheet, a.cell, a.header_path,
       a.row_label, a.parent_label, a.side, a.code, l.line_name, m.component_name, h.phase_name, u.fund_name,
       a.row_role, a.printed, core.printed_number(a.printed, a.value) AS value, a.unit, a.unit_source, a.amount_yuan,
       core.plain_number(a.half_unit) AS half_unit, a.is_current, a.page, a.page_box,
       nullif(a.reading, '') AS reading, a.reading_score
FROM core.fact_amount a
JOIN core.dim_department p USING (department_key)
LEFT JOIN core.dim_report_table t ON t.report_table = a.report_table
LEFT JOIN core.dim_component m ON m.component = a.component
LEFT JOIN core.dim_phase h ON h.phase = a.phase
LEFT JOIN core.dim_fund u ON u.fund = a.fund
LEFT JOIN core.dim_line l ON l.line = a.line
WHERE a.document_key = $1 AND a.sheet_number = $2 AND a.cell = $3
