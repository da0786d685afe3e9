-- title: 文字中的数字 | Number stated in prose
-- grain: 一个数字的一种含义 | one meaning of one number
-- column department: 部门 | Department
-- column section_path: 所在标题 | Headings above it
-- column measure_name: 含义 | Meaning
-- column line_name: 标准项目 | Standard line
-- column half_unit: 印刷精度的一半 | Half of the last printed digit
-- column item_path: 类款项路径 | Names from 类 down to the item
-- column stated_year: 数字所指年份 | Year the number is about
-- column claim_kind: 写法 | How it is written
-- column page: 页 | Page
-- column rule: 识别规则 | Rule that read it
-- column reason: 所述原因 | Reason stated for it

SELECT c.claim_key, p.department_name AS department, c.fiscal_year, c.section_path, c.item_path, c.item, l.line_name,
       m.measure_name, c.basis, c.stated_year, c.printed, core.printed_number(c.printed, c.value) AS value, c.unit,
       c.amount_yuan, core.plain_number(c.half_unit) AS half_unit, c.claim_kind, c.reason, c.rule, c.is_current, c.page
FROM core.fact_claim c
JOIN core.dim_department p USING (department_key)
LEFT JOIN core.dim_measure m ON m.measure = c.measure
LEFT JOIN core.dim_line l ON l.line = c.line
WHERE c.document_key = $1 AND c.line_number = $2 AND ($3 IS NULL OR c.char_start = $3)
ORDER BY c.char_start, c.claim_key
