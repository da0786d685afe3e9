-- title: 有“二是”就有“一是” | A second point has a first
-- grain: 一处说到“二是”的段落 | one paragraph that tells a second point
-- note: 同一段或前八行写了“一是、首先、第一、其一”等即可；名单和职责不看 | a first point in the paragraph or the eight lines before it is enough; duties are not looked at

WITH points AS (
    SELECT disclosure_key, document_key, line_number, text, regexp_extract(text, '.{0,10}[,;。:]?二是.{0,10}') AS words
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, '(?:^|[,;。:)、])二是') AND section NOT IN ('duties', 'staff', 'glossary',
            'contents')),
judged AS (
    SELECT p.*, EXISTS (
               FROM core.fact_paragraph b
               WHERE b.document_key = p.document_key AND b.line_number BETWEEN greatest(p.line_number, 8) - 8
                   AND p.line_number
                 AND regexp_matches(b.text, '一是|首先|第一|其一|一方面|1[.、是)]|一[、)]|①|先是')) AS holds
    FROM points p)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, holds,
       '“' || words || '”之前没有“一是”' AS said_zh, 'a second point is told and no first: ' || words AS said_en
FROM judged
ORDER BY ALL
