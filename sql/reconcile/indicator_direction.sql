-- title: 绩效指标方向与性质相符 | Indicator directions suit their kind
-- grain: 一个写明方向的绩效指标 | one performance indicator with a direction
-- note: 核对的 words 是成本类指标的用词；其余指标只在以百分数表示时看 | the words of the check name costs; other indicators are judged only where they are percents

WITH judged AS (
    SELECT *, trim(nature) IN ('≥', '>=') AS is_floor, contains(translate(unit, '％', '%'), '%') AS is_percent,
           len(list_filter(CAST(getvariable('words') AS VARCHAR[]), word -> contains(name, word))) > 0 AS is_cost
    FROM core.fact_indicator WHERE is_current AND trim(nature) IN ('≥', '≤', '>=', '<='))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, name AS subject,
       NOT if(is_cost, is_floor, NOT is_floor AND is_percent) AS holds,
       '“' || name || '”的指标性质“' || nature || '”方向可疑' AS said_zh, name || ' is odd as `' || nature || '`' AS said_en
FROM judged
ORDER BY ALL
