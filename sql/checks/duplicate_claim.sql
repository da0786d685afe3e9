-- title: 同一文字数字重复 | The same claim twice
-- severity: error
-- update: document_key
-- hint: 重建仓库 | rebuild the warehouse

SELECT document_key, 'line ' || min(line_number) AS place,
       'claim key ' || claim_key || ' stands ' || count(*) || ' times' AS message
FROM core.fact_claim
GROUP BY document_key, claim_key
HAVING count(*) > 1
