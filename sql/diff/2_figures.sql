-- title: 修订的数字 | Figures revised
-- grain: 一个现行数字，两边的值或单位不同，或只在一边 | one current figure whose value or unit differs, or that stands on one side only, in a disclosure both hold
-- note: 只比较有数字不同的公开材料：先比每份的散列 | only disclosures in which some number differs are looked into: their hashes are compared first
-- note: 同一公开材料、报表、行、列的数字相比；同名的行按出现次序对应 | figures of the same disclosure, table, row and column are compared; rows of one name in their order
-- column change: 变化：revised 修订、added 增加、removed 减少 | revised, added or removed
-- column department: 部门 | Department
-- column old_printed: 旧印刷文本 | Printed before
-- column old_unit: 旧单位 | Unit before
-- column old_amount_yuan: 旧金额（元） | Before (yuan)
-- column new_printed: 新印刷文本 | Printed now
-- column new_unit: 新单位 | Unit now
-- column new_amount_yuan: 新金额（元） | Now (yuan)
-- column change_yuan: 变动（元） | Change (yuan)
-- column old_place: 旧位置 | Place before
-- column new_place: 新位置 | Place now

WITH old_prints AS (
    SELECT disclosure_key, sum(hash(report_table, side, code, row_label, parent_label, header_path, component, phase,
               fund, flow, sheet_number, row_number, column_number, value, unit, amount_yuan)) AS print
    FROM old.core.fact_amount WHERE is_current AND disclosure_key <> '' GROUP BY disclosure_key),
new_prints AS (
    SELECT disclosure_key, sum(hash(report_table, side, code, row_label, parent_label, header_path, component, phase,
               fund, flow, sheet_number, row_number, column_number, value, unit, amount_yuan)) AS print
    FROM new.core.fact_amount WHERE is_current GROUP BY disclosure_key),
both_hold AS (
    SELECT disclosure_key FROM old_prints o JOIN new_prints n USING (disclosure_key) WHERE n.print <> o.print),
old_figures AS (
    SELECT a.*, d.file, row_number() OVER same AS occurrence
    FROM old.core.fact_amount a JOIN old.core.dim_document d USING (document_key)
    WHERE a.is_current AND a.disclosure_key IN (FROM both_hold)
    WINDOW same AS (PARTITION BY a.disclosure_key, a.report_table, a.side, a.code, a.row_label, a.parent_label,
            a.header_path,
                    a.component, a.phase, a.fund, a.flow ORDER BY a.sheet_number, a.row_number, a.column_number)),
new_figures AS (
    SELECT a.*, d.file, row_number() OVER same AS occurrence
    FROM new.core.fact_amount a JOIN new.core.dim_document d USING (document_key)
    WHERE a.is_current AND a.disclosure_key IN (FROM both_hold)
    WINDOW same AS (PARTITION BY a.disclosure_key, a.report_table, a.side, a.code, a.row_label, a.parent_label,
            a.header_path,
                    a.component, a.phase, a.fund, a.flow ORDER BY a.sheet_number, a.row_number, a.column_number)),
names AS (
    SELECT department_key, department_name FROM new.core.dim_department
    UNION ALL
    SELECT department_key, department_name FROM old.core.dim_department
    WHERE department_key NOT IN (SELECT department_key FROM new.core.dim_department))
SELECT CASE WHEN o.cell IS NULL THEN 'added' WHEN n.cell IS NULL THEN 'removed' ELSE 'revised' END AS change,
       p.department_name AS department, coalesce(n.fiscal_year, o.fiscal_year) AS fiscal_year,
       coalesce(n.report_table, o.report_table) AS report_table, coalesce(n.row_label, o.row_label) AS row_label,
       coalesce(n.header_path, o.header_path) AS header_path,
       o.printed AS old_printed, o.unit AS old_unit, o.amount_yuan AS old_amount_yuan,
       n.printed AS new_printed, n.unit AS new_unit, n.amount_yuan AS new_amount_yuan,
       n.amount_yuan - o.amount_yuan AS change_yuan,
       o.file || '!' || o.sheet || '!' || o.cell AS old_place, n.file || '!' || n.sheet || '!' || n.cell AS new_place
FROM old_figures o
FULL JOIN new_figures n
  ON n.disclosure_key = o.disclosure_key AND n.report_table = o.report_table AND n.side = o.side
 AND n.row_label = o.row_label AND n.header_path = o.header_path AND n.component = o.component AND n.phase = o.phase
 AND n.fund = o.fund AND n.flow = o.flow AND coalesce(n.code, '') = coalesce(o.code, '')
 AND coalesce(n.parent_label, '') = coalesce(o.parent_label, '') AND n.occurrence = o.occurrence
LEFT JOIN names p ON p.department_key = coalesce(n.department_key, o.department_key)
WHERE o.cell IS NULL OR n.cell IS NULL OR n.value <> o.value OR n.unit <> o.unit
   OR n.amount_yuan IS DISTINCT FROM o.amount_yuan
ORDER BY change DESC, department, fiscal_year, report_table, new_place, old_place
