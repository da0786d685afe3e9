-- title: 各类支出之和等于本年支出合计 | The classes of expenditure add up to that of the year
-- grain: 一份把本年支出按功能分类列全的名单 | one list that divides the expenditure of the year by function
-- note: 只看自称按功能分类、以“合计”收尾，或者各类占比之和为100%的名单；有“其中、主要、等”的，或混有款、项和其他名称的，都不是全部 | only lists that say they divide by function, that end with their sum, or whose shares add up to 100 %; with 其中, 主要 or 等, or with groups, items or other names among them, they are not whole

WITH amounts AS (
    SELECT *, length(coalesce(function_code, '')) = 3 AS is_class
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND amount_yuan IS NOT NULL AND measure IN ('final_account', 'amount')
      AND section_group = 'expenditure' AND (stated_year IS NULL OR stated_year = fiscal_year)),
totals AS (
    SELECT document_key, section_path, min(amount_yuan) AS total, max(coalesce(half_unit, 0)) AS open,
           min(line_number * 100000 + char_start) AS spot
    FROM amounts
    WHERE item_code = 'expenditure.current_year_total' AND coalesce(fund, '') = '' AND measure = 'final_account'
    GROUP BY ALL HAVING min(amount_yuan) = max(amount_yuan)),
sums AS (
    SELECT document_key, paragraph, sentence, min(sentence_offset) AS ends
    FROM amounts WHERE rule = 'base.sum_of_the_above' GROUP BY ALL),
-- What a sentence lists behind 按支出功能分类, or behind its total up to its sum.
sentences AS (
    SELECT a.*, t.total, t.open, s.ends IS NOT NULL AS is_summed,
           CAST(coalesce(s.ends, length(a.sentence)) AS INTEGER) AS ends,
           strpos(a.sentence, regexp_extract(a.sentence, '按[^,;。:]{0,6}功能[^,;。:]{0,6}分[^,;。:]{0,6}')) AS opens
    FROM amounts a
    JOIN totals t ON t.document_key = a.document_key AND t.section_path = a.section_path
        AND t.spot < a.line_number * 100000 + a.char_start
    LEFT JOIN sums s ON s.document_key = a.document_key AND s.paragraph = a.paragraph AND s.sentence = a.sentence
    WHERE a.item_code <> 'expenditure.current_year_total'
      AND (s.ends IS NOT NULL OR regexp_matches(a.sentence, '按[^,;。:]{0,6}功能[^,;。:]{0,6}分'))),
listed AS (
    SELECT disclosure_key, document_key, 'paragraph ' || paragraph || sentence AS list, line_number, char_start,
           char_end, total, open, item, amount_yuan, half_unit, is_class AND measure = 'final_account' AS is_part
    FROM sentences
    WHERE sentence_offset >= opens AND sentence_offset < ends
      -- 本年支出合计X,其中:甲Y,乙Z,合计X: such a list may open with 其中.
      AND NOT regexp_matches(regexp_replace(replace(substr(sentence, greatest(opens, 1)), '信息等支出', ''),
          CASE WHEN is_summed THEN '其中' ELSE '按' END, ''), '主要|较大|较多|.其中|等(?:支出|方面|类|[,;。:、])|(?:基本|项目)支出')),
-- Classes whose shares of the year add up to the whole.
shared AS (
    SELECT DISTINCT a.disclosure_key, a.document_key, 'section ' || a.section_path AS list, a.line_number, a.char_start,
           a.char_end, t.total, t.open, a.item, a.amount_yuan, a.half_unit, TRUE AS is_part, p.value AS share,
           coalesce(p.half_unit, 0) AS share_open
    FROM amounts a
    JOIN totals t ON t.document_key = a.document_key AND t.section_path = a.section_path
    JOIN core.fact_claim p ON p.document_key = a.document_key AND p.section_path = a.section_path AND p.is_current
        AND p.measure = 'share_percent' AND p.basis_code = 'expenditure.current_year_total'
        AND coalesce(p.basis_fund, '') = '' AND p.item_code = a.item_code AND p.value IS NOT NULL
    WHERE a.is_class AND a.measure = 'final_account'),
whole AS (
    SELECT list, document_key FROM shared GROUP BY ALL
    HAVING abs(sum(share) - 100) <= sum(share_open) AND count(DISTINCT item) = count(*)),
lists AS (
    SELECT * FROM listed
    UNION ALL
    SELECT s.* EXCLUDE (share, share_open) FROM shared s JOIN whole USING (document_key, list)
    WHERE s.document_key NOT IN (SELECT document_key FROM listed)),
added AS (
    SELECT disclosure_key, document_key, list, any_value(total) AS total, sum(amount_yuan) AS parts,
           any_value(open) + sum(coalesce(half_unit, 0)) FILTER (amount_yuan <> 0) AS open,
           min_by('line ' || line_number || ':' || char_start || '-' || char_end,
               line_number * 100000 + char_start) AS place
    FROM lists
    GROUP BY disclosure_key, document_key, list
    HAVING count(*) >= 2 AND count(*) FILTER (NOT is_part) = 0 AND count(DISTINCT item) = count(*))
SELECT disclosure_key, document_key, place, '' AS subject, abs(total - parts) <= open AS holds,
       '本年支出合计' || format('{:,.2f}', total) || '元，各类支出之和' || format('{:,.2f}', parts) || '元' AS said_zh,
       'the expenditure of the year is ' || format('{:,.2f}', total) || ' yuan, its classes add up to '
           || format('{:,.2f}', parts) AS said_en
FROM added
ORDER BY ALL
