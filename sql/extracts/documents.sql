-- title: 源文件 | Every source file
-- grain: 一个文件 | one document
-- key: document_key
-- references: departments.department_key
-- question: 数字取自哪些文件，何时公开，哪一版现行？ | Which files do the figures come from, when were they published, which version is current?

SELECT document_key, file, department_key, disclosure_key, fiscal_year, document_kind, version, is_current, outcome,
       published_date,
       source_address, sha256, figures, claims, unclaimed_numbers, message
FROM core.dim_document
ORDER BY document_key
