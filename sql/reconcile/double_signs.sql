-- title: 增减方向不说两遍 | A direction is told once
-- grain: 一处“下降、减少”之后又印负号的段落 | one paragraph that prints a minus sign behind a word of falling
-- note: 核对的 words 是正则表达式，比较的文字为半角 | the words of the check are regular expressions, the text compared is half-width

WITH found AS (
    SELECT disclosure_key, document_key, line_number,
           regexp_extract(text,
               '.{0,12}(?:' || array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|') || ').{0,8}')
               AS words
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|')))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”处既说减少又印负号，方向说了两遍' AS said_zh,
       'a word of falling and a minus sign say the direction twice: ' || words AS said_en
FROM found
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM core.fact_paragraph WHERE is_current AND document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
