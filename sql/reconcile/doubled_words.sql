-- title: 词语不重复 | No words printed twice
-- grain: 一处把同一词语连写两遍的段落 | one paragraph that prints the same words twice in a row
-- note: 核对的 words 是正则表达式，比较的文字为半角；只列不可能有意为之的重复 | the words of the check are regular expressions, the text compared is half-width; only doubles that cannot be meant

WITH found AS (
    SELECT disclosure_key, document_key, line_number,
           regexp_extract(text,
               '.{0,8}(?:' || array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|') || ').{0,8}')
               AS words
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|')))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”处词语重复' AS said_zh, 'words are printed twice: ' || words AS said_en
FROM found
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM core.fact_paragraph WHERE is_current AND document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
