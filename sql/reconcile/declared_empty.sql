-- title: 空表有说明，注明无数据的表没有数 | Tables declared empty hold no figures, and empty tables say so
-- grain: 一张报表 | one report table
-- note: 有单元格没有读出时，不说表是空的 | where a cell of the disclosure could not be read no table is called empty

WITH filled AS (
    SELECT document_key, sheet_number, report_table,
           arg_min(sheet || '!' || cell, (row_number, column_number)) AS place
    FROM core.fact_amount WHERE is_current AND value <> 0 GROUP BY ALL),
unread AS (
    SELECT disclosure_key, min(place) AS place FROM core.reading_doubt WHERE NOT is_hidden GROUP BY ALL),
judged AS (
    SELECT t.*, f.place AS filled_at, n.report_table_name_en AS name_en,
           t.state = 'declared_empty' AND f.place IS NOT NULL AS is_filled,
           t.state = 'empty' AND f.place IS NULL AS is_bare
    FROM core.fact_report_table t
    LEFT JOIN filled f USING (document_key, sheet_number, report_table)
    LEFT JOIN core.dim_report_table n ON n.report_table = t.report_table
    WHERE t.is_current)
SELECT j.disclosure_key, j.document_key, coalesce(j.filled_at, j.sheet) AS place, j.title AS subject,
       NOT (j.is_filled OR j.is_bare) AS holds,
       CASE WHEN j.is_filled THEN '“' || j.title || '”注明无数据，表中却有数'
            ELSE '“' || j.title || '”（' || j.sheet || '）没有任何数字，也没有空表说明' END AS said_zh,
       CASE WHEN j.is_filled THEN j.name_en || ' is declared empty and yet holds figures'
            ELSE j.name_en || ' (“' || j.sheet || '”) holds no figure and no note says so' END AS said_en,
       CASE WHEN j.is_bare THEN u.place ELSE d.place END AS doubt
FROM judged j
LEFT JOIN unread u USING (disclosure_key)
LEFT JOIN core.reading_doubt d ON d.document_key = j.document_key AND d.place = j.filled_at
ORDER BY ALL
