-- title: 说持平就没有增减 | What stays the same has not changed
-- grain: 一处说与上年（或三公经费与预算）持平的文字 | one statement that something stays as it was the year before, or that a three-public item equals its budget
-- note: 紧接着（之前或之后）说增减的，或同一句写出的上年数与决算数不同的，两处有一处写错；“基本持平”不算；只比同一指标、同一资金；说与预算持平的，报表的预算数与决算数应相等，文字或表头写明年初、全年、调整预算的不算 | a change told right before or behind it, or a number of the year before in its sentence that is another, is a slip of one of them; 基本持平 is no such statement; one item of one kind of money; where the text says 预算 and the table 预算数, neither of them 年初, 全年 or 调整, an item that equals its budget does so in the table, too

WITH claims AS (
    SELECT *, CAST(sentence_offset AS INTEGER) AS spot
    FROM core.fact_claim
    WHERE is_current AND stated_year IS NULL AND value IS NOT NULL AND measure IN ('change_vs_prior_year',
        'change_percent', 'prior_year', 'final_account')),
flat AS (
    SELECT *, substr(sentence, spot + 1 + length(printed)) AS behind
    FROM claims
    WHERE claim_kind = 'flat' AND measure = 'change_vs_prior_year' AND word_code = 'change.none'
      AND NOT regexp_matches(substr(sentence, 1, spot), '原因|主要是|由于|因为|剔除|扣除|同口径')),
told AS (
    SELECT f.disclosure_key, f.document_key, f.line_number, f.char_start, f.char_end, f.item,
           n.printed || n.unit AS said, n.char_start AS said_at, n.measure, n.value <> 0 AS is_change,
           -- 与上年持平,增加5万元; 比上年增加5万元,与上年持平
           CASE WHEN n.measure LIKE 'change%' AND n.spot > f.spot
                THEN regexp_matches(substr(f.behind, 1, greatest(n.spot - f.spot - length(f.printed), 0)),
                    '^[,;]?(?:(?:较|比|与|同)(?:上年度?|上一年度?|去年|20\d\d年度?)(?:决算|支出|收入)?数?(?:相比)?)?[,]?'
                        || '(?:增加|减少|增长|下降|上升|降低)了?$')
                WHEN n.measure LIKE 'change%'
                THEN regexp_matches(substr(f.sentence, n.spot + 1 + length(n.printed) + length(n.unit),
                        greatest(f.spot - n.spot - length(n.printed) - length(n.unit), 0)),
                    '^,(?:较|比|与|同|和)(?:上年度?|上一年度?|去年|20\d\d年度?)(?:决算|支出|收入)?数?(?:相比)?$')
           END AS is_beside,
           n.amount_yuan, n.half_unit
    FROM flat f
    JOIN claims n ON n.document_key = f.document_key AND n.paragraph = f.paragraph AND n.sentence = f.sentence
        AND n.item_code = f.item_code AND n.item = f.item AND n.fund = f.fund AND n.claim_kind = 'number'),
judged AS (
    SELECT disclosure_key, document_key, line_number, char_start, char_end, item,
           coalesce(bool_or(is_beside AND is_change), FALSE) AS is_changed,
           arg_min(said, said_at) FILTER (is_beside AND is_change) AS said,
           min(amount_yuan) FILTER (measure = 'prior_year') AS before,
           min(amount_yuan) FILTER (measure = 'final_account') AS now,
           count(*) FILTER (measure = 'prior_year') = 1 AND count(*) FILTER (measure = 'final_account') = 1 AS is_pair,
           sum(coalesce(half_unit, 0)) FILTER (measure IN ('prior_year', 'final_account')) AS open
    FROM told GROUP BY ALL),
printed_amounts AS (
    SELECT disclosure_key, line, phase, min(amount_yuan) AS amount, min(printed) AS printed, max(half_unit) AS half_unit
    FROM core.fact_amount
    WHERE is_current AND report_table = 'three_public' AND component = 'total'
      AND phase IN ('initial_budget', 'final_account') AND amount_yuan IS NOT NULL
      AND NOT regexp_matches(coalesce(header_path, ''), '年初|全年|调整')
    GROUP BY ALL HAVING count(DISTINCT amount_yuan) = 1),
-- A budget whose account is a blank cell beside accounts that are printed: nothing was spent.
with_blanks AS (
    FROM printed_amounts
    UNION ALL
    SELECT b.disclosure_key, b.line, 'final_account', 0, '0', 0
    FROM printed_amounts b
    WHERE b.phase = 'initial_budget'
      AND EXISTS (FROM printed_amounts o
                  WHERE o.disclosure_key = b.disclosure_key AND o.phase = 'final_account' AND o.line <> b.line)
      AND NOT EXISTS (FROM core.fact_amount o
                      WHERE o.is_current AND o.disclosure_key = b.disclosure_key AND o.line = b.line
                        AND o.report_table = 'three_public' AND o.phase = 'final_account')),
of_budget AS (
    SELECT f.disclosure_key, f.document_key, f.line_number, f.char_start, f.char_end, f.item,
           b.printed AS budget, a.printed AS account,
           abs(a.amount - b.amount) <= coalesce(a.half_unit, 0) + coalesce(b.half_unit, 0) AS holds
    FROM core.fact_claim f
    JOIN with_blanks a ON a.disclosure_key = f.disclosure_key AND a.line = f.line AND a.phase = 'final_account'
    JOIN printed_amounts b ON b.disclosure_key = f.disclosure_key AND b.line = f.line AND b.phase = 'initial_budget'
    WHERE f.is_current AND f.claim_kind = 'flat' AND f.measure = 'change_vs_budget' AND f.word_code = 'change.none'
      AND f.stated_year IS NULL
      AND NOT regexp_matches(substr(f.sentence, 1, CAST(f.sentence_offset AS INTEGER)), '年初|全年|调整|原因|主要是')
      -- The text is of the money the table is of.
      AND EXISTS (
          FROM core.fact_claim n
          WHERE n.document_key = f.document_key AND n.paragraph = f.paragraph AND n.item_code = f.item_code
            AND n.measure = 'final_account' AND n.claim_kind = 'number' AND n.amount_yuan = a.amount))
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end AS place,
       item AS subject, NOT is_changed AND NOT (is_pair AND abs(before - now) > open) AS holds,
       '“' || item || '”说与上年持平，又说' || CASE WHEN is_changed THEN '增减' || said ELSE '上年是另一个数' END AS said_zh,
       item || ' is said to be as in the year before and '
           || CASE WHEN is_changed THEN 'to have changed by ' || said ELSE 'to have been another amount' END AS said_en
FROM judged
WHERE is_changed OR is_pair
UNION ALL
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end, item, holds,
       '“' || item || '”说与预算持平，报表预算数' || budget || '、决算数' || account,
       item || ' is said to equal its budget; the table prints ' || budget || ' for the budget and ' || account
           || ' for the account'
FROM of_budget
ORDER BY ALL
