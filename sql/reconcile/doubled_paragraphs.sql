-- title: 同一段文字不印两遍 | No paragraph is printed twice
-- grain: 一份材料中一段印了不止一次、写有数字的文字 | one paragraph with digits that a document prints more than once
-- note: 少于四十个字的段落、标题、目录和名词解释不算 | paragraphs under forty characters, headings, contents and definitions do not count

WITH paragraphs AS (
    SELECT disclosure_key, document_key, line_number, text
    FROM core.fact_paragraph
    WHERE is_current AND heading_level = 0 AND section NOT IN ('contents', 'glossary', 'tables')
        AND length(text) >= 40 AND regexp_matches(text, '\d')),
repeated AS (
    SELECT disclosure_key, document_key, text, min(line_number) AS first_line, max(line_number) AS last_line
    FROM paragraphs GROUP BY ALL HAVING count(*) > 1)
SELECT disclosure_key, document_key, 'line ' || last_line AS place, left(text, 24) AS subject, FALSE AS holds,
       '“' || left(text, 24) || '”这一段在第 ' || first_line || ' 行已印过' AS said_zh,
       'this paragraph stands in line ' || first_line || ' already: ' || left(text, 24) AS said_en
FROM repeated
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM paragraphs WHERE document_key NOT IN (SELECT document_key FROM repeated)
ORDER BY ALL
