-- title: 每个款、项都有上级行 | Every group and item has the row of its parent
-- grain: 一张表中有功能科目编码的一行 | one row with a functional code
-- note: 只印一级科目的表（按项目列到项的表）不是科目树 | a table that prints one level alone (projects by item) is no tree

WITH coded AS (
    SELECT disclosure_key, document_key, sheet_number, sheet, report_table, function_code AS code,
           min(sheet || '!' || cell) AS place, any_value(row_name) AS name
    FROM core.fact_amount WHERE is_current AND function_code <> ''
    GROUP BY ALL),
levelled AS (
    SELECT document_key, sheet_number, report_table FROM coded GROUP BY ALL
    HAVING count(DISTINCT length(code)) > 1)
SELECT c.disclosure_key, c.document_key, c.place, c.code || ' ' || c.name AS subject,
       length(c.code) <= 3 OR p.code IS NOT NULL OR l.report_table IS NULL AS holds,
       '科目 ' || c.code || ' 的上级科目没有单独成行' AS said_zh, 'code ' || c.code || ' has no parent row' AS said_en,
       d.place AS doubt
FROM coded c
LEFT JOIN levelled l ON l.document_key = c.document_key AND l.sheet_number = c.sheet_number
    AND l.report_table = c.report_table
LEFT JOIN coded p ON p.document_key = c.document_key AND p.sheet_number = c.sheet_number
    AND p.report_table = c.report_table
 AND p.code = left(c.code, length(c.code) - 2)
LEFT JOIN (SELECT document_key, sheet, min(place) AS place FROM core.reading_doubt GROUP BY ALL) d
  ON d.document_key = c.document_key AND d.sheet = c.sheet
ORDER BY c.document_key, c.sheet_number, c.report_table, c.code
