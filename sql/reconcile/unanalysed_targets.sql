-- title: 设了指标就应分析 | Targets that are set are analysed
-- grain: 分析部分写“不涉及”或“不适用”的一类绩效指标 | one kind of performance indicator that the analysis calls not applicable
-- note: 指标表中有同类指标时报告；没有指标表的文字不核对 | reported where the table of indicators holds one of that kind; texts without such a table are not judged

WITH kinds(word) AS (VALUES ('满意度'), ('成本'), ('经济效益'), ('社会效益'), ('可持续影响'), ('时效')),
not_applicable AS (
    SELECT disclosure_key, document_key, line_number, text
    FROM core.fact_paragraph
    WHERE is_current AND length(text) <= 40 AND (contains(text, '不涉及') OR contains(text, '不适用'))),
said AS (
    SELECT n.*, k.word
    FROM not_applicable n JOIN kinds k ON contains(n.text, k.word)
    WHERE regexp_matches(n.text, '^[^,。;]{0,12}' || k.word || '[^,。;:]{0,6}:(?:不涉及|不适用)[。]?$')),
with_table AS (
    SELECT DISTINCT document_key FROM core.fact_indicator WHERE is_current),
held AS (
    SELECT i.document_key, k.word, min(i.name) AS name
    FROM core.fact_indicator i JOIN kinds k ON contains(i.name, k.word) WHERE i.is_current GROUP BY ALL)
SELECT s.disclosure_key, s.document_key, 'line ' || s.line_number AS place, s.word AS subject, h.name IS NULL AS holds,
       '“' || s.text || '”，绩效目标表却设有“' || h.name || '”' AS said_zh,
       s.text || ': yet the table of targets holds ' || h.name AS said_en
FROM said s JOIN with_table USING (document_key)
LEFT JOIN held h ON h.document_key = s.document_key AND h.word = s.word
ORDER BY ALL
