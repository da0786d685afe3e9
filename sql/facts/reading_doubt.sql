-- title: 读数有疑的单元格 | Cells whose reading is in doubt
-- grain: 一个有疑的单元格 | one doubtful cell
-- note: 核对的查询用它填 doubt 列：依据有疑的单元格，不得归咎于公开单位；低于一分的舍入不算疑点 | queries of checks fill their column doubt from it: nobody is blamed for what could not be read; rounding below one fen is no doubt
-- note: 工作表有看不见的数字时记其第一个单元格 | of a sheet with numbers nobody sees, the first such cell
-- column is_recognised: 由图片识别的单元格：恒等式照算，但不归咎于公开单位 | A cell recognised on a picture: identities are worked out all the same, and blame nobody
-- column is_row_from_here: 同一行中其右的单元格也没有读出 | Nothing further right in its row could be read either
-- column is_hidden: 看不见的单元格，或文字中的表有行没有读出：本表相加可能漏了它 | A cell nobody sees, or rows of a table in a text that were not read: sums of the sheet may lack them

CREATE VIEW core.reading_doubt AS
SELECT document_key, disclosure_key, place, regexp_extract(place, '^(.*)!', 1) AS sheet,
       check_id = 'decode.open_quote' AS is_row_from_here,
       check_id = 'decode.hidden' AS is_hidden, FALSE AS is_recognised
FROM core.fact_finding
WHERE (starts_with(check_id, 'cell.') AND check_id <> 'cell.below_fen') OR check_id = 'decode.open_quote'
   OR check_id = 'decode.hidden' AND severity = 'warning'
UNION ALL
-- Of a table in a text some rows could not be told apart, and nothing says of which: sums of its tables may lack them.
SELECT DISTINCT f.document_key, f.disclosure_key, t.sheet || '!A1', t.sheet, FALSE, TRUE, FALSE
FROM core.fact_finding f
JOIN core.fact_report_table t USING (document_key)
WHERE f.check_id IN ('decode.row_without_columns', 'decode.table_without_rows') AND starts_with(t.sheet, 'table ')
UNION ALL
SELECT document_key, disclosure_key, sheet || '!' || cell, sheet, FALSE, FALSE, TRUE
FROM core.fact_amount
WHERE reading_score IS NOT NULL;
