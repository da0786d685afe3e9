-- title: 没有载入又没有说明的文件 | Documents that gave nothing without a word
-- severity: error
-- hint: 读取程序没有说明原因：请附上该文件报告 | the reading gave no reason: report it with the file

SELECT d.document_key, '' AS place, d.file || ': ' || d.outcome || ', and no reason is given' AS message
FROM core.dim_document d
WHERE d.outcome <> 'loaded' AND d.message = ''
