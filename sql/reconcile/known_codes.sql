-- title: 科目编码在科目表中 | Codes are in the list
-- grain: 一份材料报表中的一个功能科目编码 | one functional code in the tables of a disclosure

SELECT f.disclosure_key, any_value(f.document_key) AS document_key, min(f.sheet || '!' || f.cell) AS place,
       f.function_code || ' ' || any_value(f.row_name) AS subject,
       f.function_code IN (SELECT function_code FROM core.dim_function WHERE is_known) AS holds,
       '科目编码 ' || f.function_code || ' 不在科目表中' AS said_zh,
           'code ' || f.function_code || ' is not in the list of functional codes' AS said_en
FROM core.fact_amount f
WHERE f.is_current AND f.function_code <> ''
GROUP BY f.disclosure_key, f.function_code
ORDER BY ALL
