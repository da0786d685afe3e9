-- title: 所述问题与执行进度一致 | The problems named suit the progress stated
-- grain: 一处支出进度或预算执行率 | one stated progress of spending
-- note: 进度为100%而其后二十行内把“支出进度较慢”列为问题时报告；说部分、个别项目的不算 | reported where progress is 100 % and, within the next twenty lines, slow spending is named as a problem; problems of some projects only do not count

WITH progress AS (
    SELECT disclosure_key, document_key, line_number, char_start, char_end, item, value
    FROM core.fact_claim
    WHERE is_current AND measure IN ('completion_percent', 'rate_percent') AND claim_kind = 'number'
        AND regexp_matches(item, '支出进度|执行进度|执行率')),
slow AS (
    SELECT document_key, line_number, text
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, '(?:支出|执行|资金)(?:进度|率)[^,。;]{0,6}(?:较慢|偏慢|缓慢|偏低|较低|滞后)')
        AND NOT regexp_matches(text, '部分|个别|有的|一些'))
SELECT p.disclosure_key, p.document_key, 'line ' || p.line_number || ':' || p.char_start || '-' || p.char_end AS place,
       p.item AS subject,
       p.value < 100 OR min(s.text) IS NULL AS holds,
       '“' || p.item || '”为' || core.plain_number(p.value) || '%，后文却说“' || left(min(s.text), 30) || '”' AS said_zh,
       p.item || ' is ' || core.plain_number(p.value) || ' %, and yet: ' || left(min(s.text), 30) AS said_en
FROM progress p
LEFT JOIN slow s ON s.document_key = p.document_key AND s.line_number BETWEEN p.line_number + 1 AND p.line_number + 20
GROUP BY p.disclosure_key, p.document_key, p.line_number, p.char_start, p.char_end, p.item, p.value
ORDER BY ALL
