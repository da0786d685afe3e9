-- title: 不该出现的文字 | Words that should not stand as they do
-- grain: 段落中的一处核对所列文字 | one place in a paragraph that prints words which the check names
-- note: 核对的 words 是正则表达式，比较的文字为半角；错在哪里由核对的名称说明 | the words of the check are regular expressions, the text compared is half-width; the title of the check says what is wrong with them

WITH found AS (
    SELECT disclosure_key, document_key, line_number,
           unnest(list_distinct(regexp_extract_all(text,
               '.{0,12}(?:' || array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|') || ').{0,8}')))
               AS words
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, array_to_string(CAST(getvariable('words') AS VARCHAR[]), '|')))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”' AS said_zh, '“' || words || '”' AS said_en
FROM found
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM core.fact_paragraph WHERE is_current AND document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
