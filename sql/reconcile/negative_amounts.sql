-- title: 本年收入、本年支出不为负 | No negative income or expenditure
-- grain: 一张收支表 | one table of income or expenditure
-- note: 核对的 words 列出所看的报表 | the words of the check list the tables

SELECT f.disclosure_key, f.document_key, coalesce(min(f.sheet || '!' || cell) FILTER (value < 0), '') AS place,
       coalesce(string_agg(row_label, '、' ORDER BY row_number, column_number) FILTER (value < 0), any_value(f.sheet))
       AS subject,
       count(*) FILTER (value < 0) = 0 AS holds,
       string_agg('“' || row_label || '”' || printed || '（' || cell || '）', '、' ORDER BY row_number, column_number)
       FILTER (value < 0) || '为负数' AS said_zh,
       string_agg(row_label || ' ' || printed || ' (' || cell || ')', ', ' ORDER BY row_number, column_number)
       FILTER (value < 0) || ' is negative' AS said_en, min(d.place) FILTER (value < 0) AS doubt
FROM core.fact_amount f
LEFT JOIN core.reading_doubt d ON d.document_key = f.document_key AND d.place = f.sheet || '!' || f.cell
WHERE is_current AND list_contains(CAST(getvariable('words') AS VARCHAR[]), report_table)
    AND flow IN ('income', 'expenditure')
GROUP BY f.disclosure_key, f.document_key, report_table, sheet_number
ORDER BY ALL
