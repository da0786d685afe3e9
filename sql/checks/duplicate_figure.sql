-- title: 同一单元格出现两个数字 | Two figures in one cell
-- severity: error
-- update: document_key
-- hint: 重建仓库；若仍出现，检查该文件是否被载入两次 | rebuild the warehouse; if it stays, see whether the file was loaded twice

SELECT document_key, sheet || '!' || cell AS place, 'the cell holds ' || count(*) || ' figures' AS message
FROM core.fact_amount
GROUP BY document_key, sheet_number, sheet, cell
HAVING count(*) > 1
