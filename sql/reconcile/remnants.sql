-- title: 没有模板残留 | No template remnants
-- grain: 一个留有模板选项、占位符或填写提示的段落 | one paragraph in which an option, a placeholder or an instruction of the template is left
-- note: 核对的 words 是正则表达式，比较的文字为半角；标题也看 | the words of the check are regular expressions, the text compared is half-width; headings count too

WITH patterns AS (
    SELECT unnest(CAST(getvariable('words') AS VARCHAR[])) AS pattern),
suspected AS (
    -- All patterns as one: a pattern that is a constant is compiled once, one from a row for every row.
    FROM core.fact_paragraph
    WHERE is_current
      AND regexp_matches(text, '(?:' || array_to_string(CAST(getvariable('words') AS VARCHAR[]), ')|(?:') || ')')),
left_over AS (
    SELECT p.disclosure_key, p.document_key, p.line_number,
           regexp_extract(p.text, '.{0,8}(?:' || w.pattern || ').{0,8}') AS words
    FROM suspected p JOIN patterns w ON regexp_matches(p.text, w.pattern)
    UNION ALL
    SELECT disclosure_key, document_key, line_number, substr(sentence,
               greatest(1, CAST(sentence_offset AS INTEGER) - 11), 26)
    FROM core.fact_claim WHERE is_current AND claim_kind = 'template_remnant')
SELECT disclosure_key, document_key, 'line ' || line_number AS place, left(min(words), 40) AS subject, FALSE AS holds,
       '“' || left(min(words), 40) || '”处留有模板选项、占位符或填写提示，或模板的词句没有写全' AS said_zh,
       'template wording is left, or is not whole: ' || left(min(words), 40) AS said_en
FROM left_over
GROUP BY disclosure_key, document_key, line_number
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM core.fact_paragraph WHERE is_current AND document_key NOT IN (SELECT document_key FROM left_over)
ORDER BY ALL
