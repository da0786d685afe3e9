-- title: 应填的结论都填了 | Conclusions that a form asks for are filled in
-- grain: 一处以冒号结尾或冒号后只有填写说明的“等级、总分、结论” | one label (grade, total score, conclusion) behind whose colon nothing or only a remark in brackets stands
-- note: 下一段是正文时，结论可能写在下一段，不算 | where body text follows in the next paragraph the conclusion may stand there

WITH labelled AS (
    SELECT *, lead(heading_level) OVER (PARTITION BY document_key ORDER BY line_number) AS next_level,
           regexp_extract(text, '^([^,。;:]{0,12}(?:等级|总分|评价结论|得分)):(?:\([^)]*(?:\([^)]*\)[^)]*)*\))?[。]?$', 1) AS label,
           regexp_matches(text, '^[^,。;:]{0,12}(?:等级|总分|评价结论|得分):') AS is_label
    FROM core.fact_paragraph WHERE is_current)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, left(text, 24) AS subject,
       NOT (label <> '' AND (contains(text, '(') OR coalesce(next_level, 1) > 0)) AS holds,
       '“' || label || '”没有填写' AS said_zh, label || ' is not filled in' AS said_en
FROM labelled
WHERE is_label
ORDER BY ALL
