-- title: 所用的文句 | Sentences used
-- grain: 一行中的一个数 | one number of one line

SELECT DISTINCT l.page_key, d.document_key, d.source, d.file, d.sha256, d.format, c.line_number, c.char_start, c.char_end, c.sentence, c.sentence_offset, c.printed,
       c.page
FROM linked l
JOIN core.fact_claim c
  ON c.document_key = l.document_key AND c.document_key || '/' || c.line_number || ':' || c.char_start = l.number_key
JOIN core.dim_document d ON d.document_key = c.document_key
ORDER BY l.page_key, d.document_key, c.line_number, c.char_start
