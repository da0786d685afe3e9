-- title: 应有的报表齐全 | The required tables are there
-- grain: 一份有报表的公开材料、一张应有的报表 | one disclosure that has tables, and one table it should have
-- note: 核对的 words 列出报表代码；以竖线隔开的几种表式有一种即可。只有文字的材料、单独公开“三公”经费的页面不核对；有表看到而没有读出的，或唯一的收支总表没有读到总计（材料断在表中）的，读取存疑 | the words of the check list the tables; of forms joined by a vertical bar one is enough. Neither texts without tables nor pages of the three public expenses alone are judged; where a table was seen and not read, or the only one is a summary that stops before its totals, it is in doubt

WITH required AS (
    SELECT unnest(CAST(getvariable('words') AS VARCHAR[])) AS forms),
named AS (
    SELECT r.forms, t.report_table_name AS zh, t.report_table_name_en AS en
    FROM required r JOIN core.dim_report_table t ON t.report_table = split_part(r.forms, '|', 1)),
held AS (
    SELECT disclosure_key, report_table FROM core.fact_report_table WHERE is_current
    UNION
    SELECT disclosure_key, report_table FROM core.fact_amount WHERE is_current),
disclosures AS (
    SELECT disclosure_key FROM core.fact_report_table WHERE is_current
    GROUP BY ALL HAVING bool_or(NOT starts_with(report_table, 'three_public'))),
-- A table that was seen and not read may be the one that is missing.
unread AS (
    SELECT d.disclosure_key, min(d.file || ' ' || f.place) AS place
    FROM core.fact_finding f JOIN core.dim_document d USING (document_key)
    WHERE f.check_id IN ('extract.unmatched_sheet', 'extract.unplaced_header') GROUP BY ALL),
-- A file that ends inside its first table is cut there.
cut AS (
    SELECT a.disclosure_key, min(d.file || ' ' || a.sheet) AS place
    FROM core.fact_amount a JOIN core.dim_document d USING (document_key)
    WHERE a.is_current
    GROUP BY a.disclosure_key
    HAVING bool_and(a.report_table = 'income_expenditure_summary')
       AND NOT bool_or(coalesce(a.line, '') IN ('income.grand_total', 'expenditure.grand_total')))
SELECT d.disclosure_key, n.zh AS subject, bool_or(list_contains(string_split(n.forms, '|'), h.report_table)) AS holds,
       '没有“' || n.zh || '”' AS said_zh, 'there is no ' || n.en || ' (' || n.zh || ')' AS said_en,
       coalesce(min(u.place), min(c.place)) AS doubt
FROM disclosures d CROSS JOIN named n
LEFT JOIN unread u ON u.disclosure_key = d.disclosure_key
LEFT JOIN cut c ON c.disclosure_key = d.disclosure_key
LEFT JOIN held h ON h.disclosure_key = d.disclosure_key
GROUP BY d.disclosure_key, n.forms, n.zh, n.en
ORDER BY ALL
