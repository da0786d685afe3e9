-- title: 金额数字没有折成元 | Money figures without an amount in yuan
-- severity: warning
-- cause: extraction
-- update: document_key
-- hint: 多为没有计量单位或数字过长：见该文件读取时的发现 | mostly a missing unit or an over-long number: see the findings made while reading the file

SELECT document_key, min(sheet || '!' || cell) AS place, count(*) || ' money figures have no amount in yuan' AS message
FROM core.fact_amount
WHERE value_kind = 'money' AND amount_yuan IS NULL
GROUP BY document_key
