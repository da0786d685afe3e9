-- title: 预决算偏离较大而没有说明原因 | A large deviation from the budget without a reason
-- grain: 一份说明文字 | one text
-- note: 一般公共预算支出决算与年初预算之差超过年初预算的五分之一，而说出它们的段落及其后一段没有原因 | the final account of the general budget differs from the initial budget by more than a fifth of it, and neither its paragraph nor the next gives a reason

WITH stated AS (
    SELECT disclosure_key, document_key, line_number, measure, min(amount_yuan) AS yuan, min(char_start) AS char_start,
           min(char_end) AS char_end
    FROM core.fact_claim
    WHERE is_current AND section = 'general_public' AND fund = 'general_public_budget' AND function_code IS NULL
        AND line IS NOT DISTINCT FROM NULL
      AND item IN ('一般公共预算财政拨款支出', '财政拨款支出') AND measure IN ('final_account', 'initial_budget')
          AND amount_yuan IS NOT NULL
      AND claim_kind = 'number'
    GROUP BY ALL HAVING count(DISTINCT amount_yuan) = 1),
pairs AS (
    SELECT f.disclosure_key, f.document_key, f.line_number, f.char_start, f.char_end, f.yuan AS final_yuan,
           b.yuan AS budget_yuan
    FROM stated f JOIN stated b USING (disclosure_key, document_key, line_number)
    WHERE f.measure = 'final_account' AND b.measure = 'initial_budget' AND b.yuan > 0)
SELECT p.disclosure_key, p.document_key, 'line ' || p.line_number || ':' || p.char_start || '-' || p.char_end AS place,
       '一般公共预算财政拨款支出' AS subject,
       5 * abs(p.final_yuan - p.budget_yuan) <= p.budget_yuan OR EXISTS (
           SELECT 1 FROM core.fact_reason r
           WHERE r.document_key = p.document_key AND r.line_number BETWEEN p.line_number AND p.line_number
               + 2 AND r.text <> '') AS holds,
       '决算与年初预算相差超过五分之一，没有说明原因' AS said_zh,
       'the final account differs from the initial budget by more than a fifth, and no reason is given' AS said_en
FROM pairs p
ORDER BY ALL
