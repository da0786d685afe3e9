-- title: 标点成对、不重复 | Punctuation is paired and not doubled
-- grain: 一个标点重复或引号、括号不成对的段落 | one paragraph with doubled punctuation, or with quotes or brackets that do not pair
-- note: 核对的 words 是正则表达式，比较的文字为半角；引号只看弯引号 | the words of the check are regular expressions, the text compared is half-width; of quotes only curved ones count

WITH paragraphs AS (
    SELECT disclosure_key, document_key, line_number, text,
           length(text) - length(replace(text, '“', '')) AS opened,
           length(text) - length(replace(text, '”', '')) AS closed,
           length(text) - length(replace(text, '(', '')) AS brackets_opened,
           CASE WHEN contains(text, ')') THEN
               length(regexp_replace(text, '(?:^|[。;,:\s])(?:\d{1,2}|[一二三四五六七八九十]{1,2})\)', '', 'g'))
               - length(replace(
                     regexp_replace(text, '(?:^|[。;,:\s])(?:\d{1,2}|[一二三四五六七八九十]{1,2})\)', '', 'g'), ')', ''))
               ELSE 0 END AS brackets_closed,
           -- All patterns as one first: a pattern that is a constant is compiled once, one from a list for every row.
           CASE WHEN regexp_matches(text,
                    '(?:' || array_to_string(CAST(getvariable('words') AS VARCHAR[]), ')|(?:') || ')')
                THEN list_filter(CAST(getvariable('words') AS VARCHAR[]), pattern -> regexp_matches(text, pattern))[1]
           END AS doubled
    FROM core.fact_paragraph WHERE is_current AND NOT has_table_below),
found AS (
    SELECT *, CASE WHEN doubled IS NOT NULL THEN regexp_extract(text, '.{0,10}(?:' || doubled || ').{0,6}')
                   WHEN opened <> closed THEN regexp_extract(text, '.{0,10}[“”].{0,14}')
                   WHEN brackets_opened <> brackets_closed THEN regexp_extract(text, '.{0,10}[()].{0,14}') END AS words
    FROM paragraphs)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”处标点' || if(doubled IS NOT NULL, '重复', '不成对') AS said_zh,
       'punctuation is ' || if(doubled IS NOT NULL, 'doubled', 'not paired') || ': ' || words AS said_en
FROM found WHERE words IS NOT NULL
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM paragraphs WHERE document_key NOT IN (SELECT document_key FROM found WHERE words IS NOT NULL)
ORDER BY ALL
