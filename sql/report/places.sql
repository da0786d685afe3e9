-- title: 文件所在的页 | The page each document stands on
-- grain: 一个文件 | one document

SELECT document_key, CASE WHEN disclosure_key = '' THEN document_key ELSE disclosure_key END AS page_key
FROM core.dim_document
