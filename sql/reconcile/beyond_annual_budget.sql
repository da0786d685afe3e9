-- title: 一般公共预算支出决算不超过全年预算 | The general budget spends at most the annual budget
-- grain: 文字中的一个一般公共预算支出全年预算（每份材料一个） | the annual budget of the general budget that a text states, one a text
-- note: 文字自己说完成全年预算百分之一百以上的，是政府决算报告里的超支，不是数字有误，不算 | where the text itself says that more than 100 % of the annual budget was spent, it is a government's report and no slip of a number

WITH stated AS (
    SELECT *
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND item_code = 'expenditure.current_year_total'
      AND fund = 'general_public_budget' AND (stated_year IS NULL OR stated_year = fiscal_year)),
amounts AS (
    SELECT * FROM stated WHERE amount_yuan IS NOT NULL AND measure IN ('final_account', 'annual_budget')
    QUALIFY row_number() OVER (PARTITION BY document_key, measure
        ORDER BY half_unit, line_number, char_start) = 1),
beyond AS (
    SELECT DISTINCT document_key FROM stated
    WHERE measure = 'completion_percent' AND basis = '全年预算' AND value > 100)
SELECT a.disclosure_key, a.document_key, 'line ' || a.line_number || ':' || a.char_start || '-' || a.char_end AS place,
       a.item AS subject,
       a.amount_yuan <= b.amount_yuan + coalesce(a.half_unit, 0) + coalesce(b.half_unit, 0)
           OR a.document_key IN (FROM beyond) AS holds,
       '决算' || a.printed || a.unit || '，多于全年预算' || b.printed || b.unit AS said_zh,
       'the final account of ' || a.printed || ' is more than the annual budget of ' || b.printed AS said_en
FROM amounts a
JOIN amounts b ON b.document_key = a.document_key AND b.measure = 'annual_budget'
WHERE a.measure = 'final_account'
ORDER BY ALL
