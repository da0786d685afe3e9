-- title: 一份公开材料有多个现行版次 | Several current versions of one disclosure
-- severity: error
-- hint: 同一公开材料、同类文件只能有一个现行版次：检查版次的确定 | only one version of a kind of file may be current: see how versions were assigned

SELECT max(document_key) AS document_key, '' AS place,
       count(*) || ' documents of kind ' || document_kind || ' are current in ' || disclosure_key AS message
FROM core.dim_document
WHERE is_current AND document_kind <> '' AND fiscal_year IS NOT NULL AND department_key <> ''
GROUP BY disclosure_key, document_kind
HAVING count(*) > 1
