-- title: 年份之后有“年”字 | A year is followed by 年
-- grain: 一处年份之后缺“年”字的文字 | one place where a year has lost its 年
-- note: 核对的 words 是正则表达式，比较的文字为半角；编号、文号、区间之中的四位数不算 | the words of the check are regular expressions, the text compared is half-width; four digits of codes, document numbers and spans are none

WITH found AS (
    SELECT disclosure_key, document_key, line_number,
           regexp_extract(text,
               '.{0,8}(?:' || array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|') || ').{0,8}') AS words
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|')))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”处年份之后缺“年”字' AS said_zh, 'a year lacks its 年: ' || words AS said_en
FROM found
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM core.fact_paragraph WHERE is_current AND document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
