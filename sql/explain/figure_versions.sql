-- title: 同一数字的其他版次 | The same figure in other versions
-- grain: 同一公开材料的另一个文件中的同一数字 | the same figure in another document of the disclosure
-- column place: 位置 | Place

SELECT d.version, d.is_current, d.published_date, o.printed, o.unit, o.amount_yuan, d.file,
       o.sheet || '!' || o.cell AS place,
       o.figure_key
FROM core.fact_amount a
JOIN core.fact_amount o
  ON o.disclosure_key = a.disclosure_key AND o.disclosure_key <> '' AND o.document_key <> a.document_key
 AND o.report_table = a.report_table AND o.side = a.side AND o.row_label = a.row_label
 AND o.code IS NOT DISTINCT FROM a.code AND o.parent_label IS NOT DISTINCT FROM a.parent_label
 AND o.component = a.component AND o.phase = a.phase AND o.fund = a.fund AND o.flow = a.flow
     AND o.header_path = a.header_path
JOIN core.dim_document d ON d.document_key = o.document_key
WHERE a.document_key = $1 AND a.sheet_number = $2 AND a.cell = $3
ORDER BY d.version, d.file, o.row_number
