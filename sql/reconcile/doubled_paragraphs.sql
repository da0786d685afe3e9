-- title: 同一段文字不印两遍 | No paragraph is printed twice
-- grain: 一份材料中一段印了不止一次、写有数字的文字 | one paragraph with digits that a document prints more than once
-- note: 少于四十个字的段落、标题、目录和名词解释不算 | paragraphs under forty characters, headings, contents and definitions do not count

WITH paragraphs AS (
    -- A number for each text: to group the texts themselves takes more memory the more documents there are.
    SELECT disclosure_key, document_key, line_number, hash(text) AS text_number
    FROM core.fact_paragraph
    WHERE is_current AND heading_level = 0 AND section NOT IN ('contents', 'glossary', 'tables')
        AND length(text) >= 40 AND regexp_matches(text, '\d')),
repeated AS (
    SELECT document_key, text_number, min(line_number) AS first_line, max(line_number) AS last_line
    FROM paragraphs GROUP BY ALL HAVING count(*) > 1),
printed AS (
    SELECT p.disclosure_key, p.document_key, r.first_line, r.last_line, left(p.text, 24) AS words
    FROM repeated r
    JOIN core.fact_paragraph p ON p.document_key = r.document_key AND p.line_number = r.last_line
        AND hash(p.text) = r.text_number)
SELECT disclosure_key, document_key, 'line ' || last_line AS place, words AS subject, FALSE AS holds,
       '“' || words || '”这一段在第 ' || first_line || ' 行已印过' AS said_zh,
       'this paragraph stands in line ' || first_line || ' already: ' || words AS said_en
FROM printed
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM paragraphs WHERE document_key NOT IN (SELECT document_key FROM repeated)
ORDER BY ALL
