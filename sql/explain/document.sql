-- title: 来源文件 | Source file
-- grain: 一个文件 | one document

SELECT file, source, source_address, published_date, format, encoding, document_kind, version, is_current, sha256,
       message,
       disclosure_key, document_key
FROM core.dim_document
WHERE document_key = $1
