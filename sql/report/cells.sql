-- title: 所用的单元格 | Cells used
-- grain: 一个单元格，或整个文件 | one cell, or a document as a whole
-- note: 没有读成数字的单元格也在其中 | cells that were not read as a figure are there, too
-- column cell: 单元格；空表示整个文件 | Cell; empty for the document

SELECT l.page_key, d.document_key, d.source, d.file, d.sha256, d.format,
       coalesce(a.sheet_number, TRY_CAST(split_part(l.number_key, '/', 2) AS INTEGER)) AS sheet_number,
       coalesce(a.sheet, split_part(l.number_key, '/', 2)) AS sheet, split_part(l.number_key, '/', 3) AS cell,
       a.printed, a.unit, a.row_label, a.header_path, a.page, a.page_box
FROM linked l
JOIN core.dim_document d ON d.document_key = l.document_key
LEFT JOIN core.fact_amount a ON a.figure_key = l.number_key
WHERE NOT contains(l.number_key, ':')
ORDER BY l.page_key, d.document_key, sheet_number, a.row_number, a.column_number, cell
