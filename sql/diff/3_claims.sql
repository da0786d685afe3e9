-- title: 文字中修订的数字 | Numbers in prose revised
-- grain: 一个现行的文字数字，两边的值或单位不同，或只在一边 | one current number in prose whose value or unit differs, or that stands on one side only, in a disclosure both hold
-- note: 只比较有数字不同的公开材料：先比每份的散列 | only disclosures in which some number differs are looked into: their hashes are compared first
-- note: 同一公开材料、章节、项目、含义的数字相比；同名的按出现次序对应 | numbers of the same disclosure, section, item and meaning are compared; those of one name in their order
-- column change: 变化：revised 修订、added 增加、removed 减少 | revised, added or removed
-- column department: 部门 | Department
-- column measure_name: 含义 | Meaning
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
    SELECT disclosure_key, sum(hash(section, item_path, item, measure, basis, fund, stated_year, line_number,
               char_start, claim_kind, value, unit, amount_yuan)) AS print
    FROM old.core.fact_claim WHERE is_current AND disclosure_key <> '' GROUP BY disclosure_key),
new_prints AS (
    SELECT disclosure_key, sum(hash(section, item_path, item, measure, basis, fund, stated_year, line_number,
               char_start, claim_kind, value, unit, amount_yuan)) AS print
    FROM new.core.fact_claim WHERE is_current GROUP BY disclosure_key),
both_hold AS (
    SELECT disclosure_key FROM old_prints o JOIN new_prints n USING (disclosure_key) WHERE n.print <> o.print),
old_claims AS (
    SELECT c.*, d.file, row_number() OVER same AS occurrence
    FROM old.core.fact_claim c JOIN old.core.dim_document d USING (document_key)
    WHERE c.is_current AND c.disclosure_key IN (FROM both_hold)
    WINDOW same AS (PARTITION BY c.disclosure_key, c.section, c.item_path, c.item, c.measure, c.basis, c.fund,
            c.stated_year
                    ORDER BY c.line_number, c.char_start, c.claim_key)),
new_claims AS (
    SELECT c.*, d.file, row_number() OVER same AS occurrence
    FROM new.core.fact_claim c JOIN new.core.dim_document d USING (document_key)
    WHERE c.is_current AND c.disclosure_key IN (FROM both_hold)
    WINDOW same AS (PARTITION BY c.disclosure_key, c.section, c.item_path, c.item, c.measure, c.basis, c.fund,
            c.stated_year
                    ORDER BY c.line_number, c.char_start, c.claim_key)),
names AS (
    SELECT department_key, department_name FROM new.core.dim_department
    UNION ALL
    SELECT department_key, department_name FROM old.core.dim_department
    WHERE department_key NOT IN (SELECT department_key FROM new.core.dim_department)),
measures AS (SELECT measure, measure_name FROM new.core.dim_measure)
SELECT CASE WHEN o.claim_key IS NULL THEN 'added' WHEN n.claim_key IS NULL THEN 'removed' ELSE 'revised' END AS change,
       p.department_name AS department, coalesce(n.fiscal_year, o.fiscal_year) AS fiscal_year,
       coalesce(n.section, o.section) AS section, coalesce(n.item, o.item) AS item, m.measure_name,
       o.printed AS old_printed, o.unit AS old_unit, o.amount_yuan AS old_amount_yuan,
       n.printed AS new_printed, n.unit AS new_unit, n.amount_yuan AS new_amount_yuan,
       n.amount_yuan - o.amount_yuan AS change_yuan,
       o.file || ':' || o.line_number || ':' || o.char_start AS old_place,
       n.file || ':' || n.line_number || ':' || n.char_start AS new_place
FROM old_claims o
FULL JOIN new_claims n
  ON n.disclosure_key = o.disclosure_key AND n.occurrence = o.occurrence
 AND n.section = o.section AND n.item_path = o.item_path AND n.item = o.item AND n.measure = o.measure
 AND n.basis = o.basis AND n.fund = o.fund AND n.stated_year IS NOT DISTINCT FROM o.stated_year
LEFT JOIN names p ON p.department_key = coalesce(n.department_key, o.department_key)
LEFT JOIN measures m ON m.measure = coalesce(n.measure, o.measure)
WHERE o.claim_key IS NULL OR n.claim_key IS NULL OR n.value IS DISTINCT FROM o.value OR n.unit <> o.unit
   OR n.amount_yuan IS DISTINCT FROM o.amount_yuan
ORDER BY change DESC, department, fiscal_year, new_place, old_place
