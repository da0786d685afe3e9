-- title: 数字与出处 | Figures with their source
-- grain: 一个单元格中的一个数字 | one figure in one cell
-- question: 这个数字从哪个文件哪个单元格来，哪一版？ | Which file, version and cell does this number come from?
-- example: 某个数字从哪里来？ | Where does a figure come from?
-- ask: FROM mart.v_figure_source ORDER BY figure_key LIMIT 5
-- example: 一份文件有多少数字？ | How many figures does each file hold?
-- ask: SELECT file, count(*) AS figures FROM mart.v_figure_source GROUP BY file ORDER BY file
-- caution: 包含被取代的版次和合计行，求和前用 is_current 与 row_role 筛选 | superseded versions and totals are here: filter by is_current and row_role before adding
-- caution: 科目名称见 mart.v_function_name（按 fiscal_year、function_code） | names of codes are in mart.v_function_name, by fiscal_year and function_code

CREATE VIEW mart.v_figure_source AS
SELECT a.figure_key, d.file, d.version, a.is_current, d.source_address, d.published_date,
       a.sheet || '!' || a.cell AS place, a.department_key, d.department_name, d.region_code, d.level, a.fiscal_year,
       a.report_table, t.report_table_name, a.side, a.row_role, a.line, a.component, a.phase, a.fund, a.flow, a.code,
       a.function_code, a.economic_code, a.row_label, a.header_path, a.printed, a.value, a.unit, a.amount_yuan,
       a.half_unit, a.layout, a.disclosure_key, a.document_key, y.series_key, y.quality_flag
FROM core.fact_amount a
JOIN core.dim_document d USING (document_number)
LEFT JOIN mart.v_department_year y ON y.department_key = a.department_key AND y.fiscal_year = a.fiscal_year
LEFT JOIN core.dim_report_table t ON t.report_table = a.report_table;
