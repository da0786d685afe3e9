-- title: 同一文件登记两次 | One document registered twice
-- severity: error
-- hint: 两个来源里有路径和内容都相同的文件：去掉一个来源中的副本 | two sources hold a file of the same path and content: take the copy out of one of them

SELECT document_key, '' AS place, min(file) || ' is registered ' || count(*) || ' times: '
       || string_agg(source, ', ' ORDER BY source) AS message
FROM stage.document
GROUP BY document_key
HAVING count(*) > 1
