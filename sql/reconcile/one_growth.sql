-- title: 同一指标的增减率只有一个 | One growth rate for one item
-- grain: 一段文字中同一指标、同一基数的一对增减率 | one pair of growth rates of one item on one basis in a paragraph
-- note: 原因里的、剔除某一因素或按同口径计算的增减率不算；百分点不算 | rates inside a reason, without some factor or on a comparable basis are others; percentage points are none

WITH rates AS (
    SELECT *, substr(sentence, 1, CAST(sentence_offset AS INTEGER)) AS before
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND measure = 'change_percent' AND basis <> '' AND value IS NOT NULL
      AND stated_year IS NULL AND NOT contains(unit, '点')
      AND (coalesce(line, '') <> '' OR coalesce(function_code, '') <> '')),
plain AS (
    SELECT * FROM rates
    WHERE NOT regexp_matches(before, '剔除|扣除|不含|同口径|可比|环比|不考虑|年均|平均|(?:原因|主要是|由于|因为)[^。]*$')),
pairs AS (
    SELECT a.disclosure_key, a.document_key, a.item, a.printed AS first, b.printed AS second,
           'line ' || b.line_number || ':' || b.char_start || '-' || b.char_end AS place,
           abs(a.value - b.value) <= coalesce(a.half_unit, 0) + coalesce(b.half_unit, 0) AS holds
    FROM plain a
    JOIN plain b ON b.document_key = a.document_key AND b.paragraph = a.paragraph AND b.item_code = a.item_code
        AND b.item = a.item AND b.fund = a.fund AND b.basis = a.basis AND b.item_printed = a.item_printed
    WHERE (a.line_number, a.char_start) < (b.line_number, b.char_start))
SELECT disclosure_key, document_key, place, item AS subject, holds,
       '“' || item || '”与同一基数相比，先说' || first || '%，又说' || second || '%' AS said_zh,
       item || ' changed by ' || first || ' % and by ' || second || ' % against one basis' AS said_en
FROM pairs
ORDER BY ALL
