-- title: 同一张表或文字有多个现行版次 | Several current versions of one table or text
-- severity: error
-- update: document_key
-- hint: 同一公开材料的同一张表只能有一个现行版次：检查版次的确定 | only one document may hold the current version of a table: see how versions were assigned

SELECT max(document_key) AS document_key, '' AS place,
       count(DISTINCT document_key) || ' documents hold a current ' || report_table || ' of '
       || disclosure_key AS message
FROM core.fact_report_table
WHERE is_current
GROUP BY disclosure_key, report_table
HAVING count(DISTINCT document_key) > 1
UNION ALL
SELECT max(document_key), '', count(*) || ' documents hold the current text of ' || disclosure_key
FROM core.dim_document
WHERE is_text_current
GROUP BY disclosure_key
HAVING count(*) > 1
