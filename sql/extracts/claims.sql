-- title: 文字数字明细 | Every number stated in prose
-- grain: 文字中一个数字的一种含义 | one meaning of one number in the text
-- key: claim_key
-- update: department_key
-- references: documents.document_key, departments.department_key
-- part year: coalesce(CAST(fiscal_year AS VARCHAR), 'none')
-- part province: coalesce(nullif(left(region_code, 2), ''), 'none')
-- question: 说明文字里写了哪些数字，在哪一句？ | Which numbers does the text state, and in which sentence?
-- note: 一份文件接着一份，按载入的次序 | document after document, in the order they were loaded
-- caution: 包含所有版次，现行版次 is_current 为真 | all versions are here, the current one has is_current true

SELECT d.file, c.line_number AS line, c.char_start, c.char_end, c.printed,
       core.printed_number(c.printed, c.value) AS value, c.unit, c.section, c.item, c.measure, c.basis, c.amount_yuan,
       c.sentence, c.item_printed, c.item_path, c.section_path, c.line AS line_code, c.function_code, c.economic_code,
       c.fund, c.stated_year, c.claim_kind, c.reason, c.rule, p.department_name AS department, c.fiscal_year,
       p.region_code, p.level, c.department_key, c.disclosure_key, c.document_key, d.version, c.is_current, c.page,
       c.claim_key, c.word_code, c.reading, c.reading_score
FROM core.fact_claim c
JOIN core.dim_document d USING (document_key)
JOIN core.dim_department p ON p.department_key = c.department_key
