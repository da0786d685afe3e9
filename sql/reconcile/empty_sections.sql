-- title: 标题之下有内容 | Something stands under each heading
-- grain: 一个标题 | one heading
-- note: 只看要求叙述的标题（情况、说明、分析、措施、问题），下一个标题同级或更高、其间没有文字和表格；没有序号的下一个标题与重新从一开始的同级标题可能就是内容，不算；目录中的重复标题与三个以上连续的空标题（目录）不算；第一个有序号的标题之前没有序号的行是材料的题目，不算 | only headings that ask for words, where the next heading is of the same or a higher rank and neither words nor a table come between; a next heading without a number, or one of the same rank that starts again at one, may be what stands under it; headings repeated later and runs of three empty headings are a table of contents; lines without a number before the first that has one are the title

WITH ordered AS (
    SELECT *, lead(heading_level) OVER lines AS next_level, lead(ordinal) OVER lines AS next_ordinal
    FROM core.fact_paragraph
    WHERE is_current
    WINDOW lines AS (PARTITION BY document_key ORDER BY line_number)),
numbered AS (
    SELECT document_key, min(line_number) AS first_line FROM core.fact_paragraph
    WHERE is_current AND heading_level > 0 AND ordinal > 0
    GROUP BY document_key),
-- A heading repeated later stands in a table of contents.
repeated AS (
    SELECT document_key, text, max(line_number) AS last_line
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, '(?:情况|说明|分析|措施|问题|建议|结论)[。:]?$')
    GROUP BY document_key, text),
headings AS (
    SELECT *, is_empty AND (lag(is_empty) OVER lines AND lead(is_empty) OVER lines OR lag(is_empty) OVER lines
               AND lag(is_empty, 2) OVER lines
                              OR lead(is_empty) OVER lines AND lead(is_empty, 2) OVER lines) AS is_contents
    FROM (SELECT *, heading_level > 0 AND NOT has_body AND NOT has_table_below 
                 AND (next_level BETWEEN 1 AND heading_level - 1 AND next_ordinal > 0
                         OR next_level = heading_level AND next_ordinal > ordinal) AS is_empty FROM ordered)
    WINDOW lines AS (PARTITION BY document_key ORDER BY line_number))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, left(text, 30) AS subject,
       NOT is_empty OR coalesce(is_contents, FALSE) AS holds,
       '“' || left(text, 30) || '”之下没有内容' AS said_zh, 'nothing stands under ' || left(text, 30) AS said_en
FROM headings
JOIN repeated USING (document_key, text)
LEFT JOIN numbered USING (document_key)
WHERE heading_level >= 2 AND line_number = last_line AND (ordinal > 0 OR line_number > coalesce(first_line, 0))
  AND section NOT IN ('duties', 'contents', 'glossary', 'tables', 'report_table')
ORDER BY ALL
