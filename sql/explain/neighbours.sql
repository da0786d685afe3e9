-- title: 附近的数字 | Figures around
-- grain: 一个单元格 | one cell
-- note: 源文件已不在时用来画邻近单元格 | draws the neighbourhood when the source file is gone

SELECT row_number, column_number, printed, row_label
FROM core.fact_amount
WHERE document_key = $1 AND sheet_number = $2
ORDER BY row_number, column_number
