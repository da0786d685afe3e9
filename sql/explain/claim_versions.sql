-- title: 同一数字的其他版次 | The same number in other versions
-- grain: 同一公开材料的另一个文件中的同一数字 | the same statement in another document of the disclosure
-- column place: 位置 | Place

SELECT d.version, d.is_current, d.published_date, o.printed, o.unit, o.amount_yuan, d.file,
       'line ' || o.line_number || ':' || o.char_start || '-' || o.char_end AS place, o.claim_key
FROM core.fact_claim c
JOIN core.fact_claim o
  ON o.disclosure_key = c.disclosure_key AND o.disclosure_key <> '' AND o.document_key <> c.document_key
 AND o.section = c.section AND o.item = c.item AND o.item_path = c.item_path AND o.measure = c.measure
 AND o.basis = c.basis AND o.fund = c.fund AND o.unit = c.unit
JOIN core.dim_document d ON d.document_key = o.document_key
WHERE c.document_key = $1 AND c.line_number = $2 AND ($3 IS NULL OR c.char_start = $3)
ORDER BY d.version, d.file, o.line_number, o.char_start
