-- title: 文字中许多数字没有读出 | Many numbers of a text are not read
-- severity: warning
-- cause: extraction
-- update: document_key
-- hint: 多为一格一行的表格：juesuan inspect 列出每一个没有读出的数字 | mostly a table printed one cell a line: juesuan inspect lists every number that is not read
-- note: 没有读出的不少于五个，且超过全部数字的四分之一 | at least five, and more than a quarter of all numbers of the text

SELECT document_key, '' AS place,
       unclaimed_numbers || ' of ' || claims + unclaimed_numbers || ' numbers of the text are not read' AS message
FROM core.dim_document
WHERE outcome = 'loaded' AND unclaimed_numbers >= 5 AND 3 * unclaimed_numbers > claims
