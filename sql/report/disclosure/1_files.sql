-- title: 文件 | Files
-- grain: 一个文件 | one document
-- column file: 文件 | File
-- column format: 格式 | Format
-- column version: 版次 | Version
-- column standing: 效力 | Standing
-- column published_date: 发布日期 | Published on
-- column source_address: 网址 | Address

SELECT CASE WHEN d.disclosure_key = '' THEN d.document_key ELSE d.disclosure_key END AS page_key, d.file, d.document_key AS file_to,
       d.format, d.version, d.document_key AS version_to, CASE WHEN d.is_current THEN 'current' ELSE 'superseded' END AS standing, d.published_date,
       d.source_address, d.source_address AS source_address_to
FROM core.dim_document d
WHERE d.disclosure_key IN (SELECT disclosure_key FROM wanted)
   OR CASE WHEN d.disclosure_key = '' THEN d.document_key ELSE d.disclosure_key END IN (SELECT page_key FROM linked)
ORDER BY page_key, d.is_current DESC, d.version DESC, d.file
