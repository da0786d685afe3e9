-- title: 本年收入、本年支出不为负 | No negative income or expenditure
-- grain: 一张收支表 | one table of income or expenditure
-- note: 核对的 words 列出所看的报表 | the words of the check list the tables

WITH amounts AS (
    SELECT disclosure_key, document_key, report_table, sheet_number, sheet, cell, row_label, printed, value,
           row_number, column_number
    FROM core.fact_amount
    WHERE is_current AND list_contains(CAST(getvariable('words') AS VARCHAR[]), report_table)
      AND flow IN ('income', 'expenditure')),
tables AS (
    SELECT disclosure_key, document_key, report_table, sheet_number, any_value(sheet) AS sheet
    FROM amounts
    GROUP BY disclosure_key, document_key, report_table, sheet_number),
negative AS (
    SELECT a.document_key, a.report_table, a.sheet_number, min(a.sheet || '!' || a.cell) AS place,
           string_agg(row_label, '、' ORDER BY row_number, column_number) AS labels,
           string_agg('“' || row_label || '”' || printed || '（' || cell || '）', '、' ORDER BY row_number, column_number)
               AS listed_zh,
           string_agg(row_label || ' ' || printed || ' (' || cell || ')', ', ' ORDER BY row_number, column_number)
               AS listed_en,
           min(d.place) AS doubt
    FROM (FROM amounts WHERE value < 0) a
    LEFT JOIN core.reading_doubt d ON d.document_key = a.document_key AND d.place = a.sheet || '!' || a.cell
    GROUP BY a.document_key, a.report_table, a.sheet_number)
SELECT t.disclosure_key, t.document_key, coalesce(n.place, '') AS place, coalesce(n.labels, t.sheet) AS subject,
       n.place IS NULL AS holds, n.listed_zh || '为负数' AS said_zh, n.listed_en || ' is negative' AS said_en, n.doubt
FROM tables t
LEFT JOIN negative n USING (document_key, report_table, sheet_number)
ORDER BY ALL
