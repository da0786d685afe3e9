-- title: 最近一次运行修订的数字 | Figures the last run revised
-- grain: 一个报表数字，其文件被换成另一份，或被后来的版次取代 | one figure of a table whose file was replaced by another, or superseded by a later version
-- note: 同一公开材料、报表、行、列各只有一个数字的才比较，变动大的在前，最多 60 条；全部见 juesuan diff | compared where the disclosure, table, row and column have one figure on either side; the largest changes first, 60 at most; `juesuan diff` shows all
-- column department_name: 部门 | Department
-- column fiscal_year: 年度 | Year
-- column report_table: 报表 | Table
-- column row_label: 行 | Row
-- column header_path: 列 | Column
-- column before: 原为 | Before
-- column now: 现为 | Now
-- column change_yuan: 变动元数 | Change in yuan

WITH last AS (SELECT max(run_id) AS run_id FROM audit.run WHERE outcome = 'published'),
before AS (
    SELECT disclosure_key, report_table, side, code, row_label, parent_label, header_path, component, phase, fund, flow,
           printed, unit, value, amount_yuan
    FROM audit.retired_figure, last
    WHERE retired_run_id = last.run_id AND is_current AND disclosure_key <> ''
    UNION ALL
    SELECT f.disclosure_key, report_table, side, code, row_label, parent_label, header_path, component, phase, fund, flow,
           printed, unit, value, amount_yuan
    FROM core.fact_amount f
    JOIN audit.superseded_document s USING (document_key)
    JOIN last USING (run_id)
    WHERE NOT f.is_current AND NOT list_contains(string_split(s.superseded_before, '|'), f.report_table)),
gone AS (
    SELECT disclosure_key, report_table, side, coalesce(code, '') AS code, row_label,
           coalesce(parent_label, '') AS parent_label, header_path, component, phase, fund, flow,
           any_value(printed) AS printed, any_value(unit) AS unit, any_value(value) AS value,
           any_value(amount_yuan) AS amount_yuan
    FROM before
    GROUP BY ALL HAVING count(*) = 1),
held AS (
    SELECT disclosure_key, report_table, side, coalesce(code, '') AS code, row_label,
           coalesce(parent_label, '') AS parent_label, header_path, component, phase, fund, flow,
           any_value(printed) AS printed, any_value(unit) AS unit, any_value(value) AS value,
           any_value(amount_yuan) AS amount_yuan, any_value(figure_key) AS figure_key
    FROM core.fact_amount
    WHERE is_current AND disclosure_key IN (SELECT disclosure_key FROM gone)
    GROUP BY ALL HAVING count(*) = 1)
SELECT w.department_name, 'department ' || w.series_key AS department_name_to, w.fiscal_year,
       'disclosure ' || w.disclosure_key AS fiscal_year_to, coalesce(t.report_table_name, h.report_table) AS report_table,
       h.row_label, h.header_path, g.printed || ' ' || g.unit AS before, h.printed || ' ' || h.unit AS now,
       h.figure_key AS now_to, h.amount_yuan - g.amount_yuan AS change_yuan, h.figure_key AS change_yuan_to
FROM gone g
JOIN held h USING (disclosure_key, report_table, side, code, row_label, parent_label, header_path, component, phase, fund, flow)
JOIN wanted w USING (disclosure_key)
LEFT JOIN core.dim_report_table t ON t.report_table = h.report_table
WHERE h.value <> g.value OR h.unit <> g.unit
ORDER BY abs(h.amount_yuan - g.amount_yuan) DESC NULLS LAST, w.department_name, w.fiscal_year, h.figure_key
LIMIT 60
