-- title: 文字说没有支出的预算，文字别处也没有支出 | A budget that the text says spends nothing spends nothing elsewhere in it
-- grain: 一处说某本预算没有支出的文字 | one statement that a budget has no expenditure
-- note: 一段里说到几本预算的，不看这一段 | a line that speaks of several budgets is not compared with itself

WITH claims AS (
    SELECT * FROM core.fact_claim
    WHERE is_current AND measure IN ('final_account', 'amount') AND coalesce(stated_year = fiscal_year, TRUE)),
judged AS (
    SELECT n.disclosure_key, n.document_key, n.line_number, n.char_start, n.char_end, n.item,
           min(a.line_number) AS elsewhere, arg_min(a.printed || a.unit, a.line_number) AS amount
    FROM claims n
    LEFT JOIN claims a ON a.document_key = n.document_key AND a.fund = n.fund AND a.line_number <> n.line_number
        AND a.claim_kind = 'number' AND a.amount_yuan <> 0 AND contains(a.item, '支出')
    WHERE n.claim_kind = 'nil' AND n.item_code = 'expenditure.current_year_total' AND n.fund <> ''
    GROUP BY ALL)
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end AS place,
       item AS subject, elsewhere IS NULL AS holds,
       '这里说没有“' || item || '”，第' || elsewhere || '行却有' || amount AS said_zh,
       'there is said to be no ' || item || ', yet line ' || elsewhere || ' states ' || amount AS said_en
FROM judged
ORDER BY ALL
