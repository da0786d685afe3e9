-- title: 收入总计与支出总计相等 | Total income and total expenditure are equal
-- grain: 一段文字中的一对总计 | one pair of totals of a paragraph
-- note: 只看同一段文字中都称“总计”、不分资金来源的两个数；称“总收入、总支出”的多指本年收支，不在此列 | only two numbers of one paragraph that are both called 总计 and are of all money; 总收入 and 总支出 mostly are those of the year

WITH totals AS (
    SELECT *
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND measure = 'final_account' AND amount_yuan IS NOT NULL
      AND section_group = 'overall' AND coalesce(fund, '') = '' AND contains(sentence, '总计')
      AND (stated_year IS NULL OR stated_year = fiscal_year)
      AND item_code IN ('income.grand_total', 'expenditure.grand_total'))
SELECT i.disclosure_key, i.document_key, 'line ' || e.line_number || ':' || e.char_start || '-' || e.char_end AS place,
       '' AS subject,
       CAST(i.amount_yuan AS DECIMAL(28, 8)) AS left_value,
       CAST(coalesce(i.half_unit, 0) AS DECIMAL(28, 8)) AS left_half,
       CAST(e.amount_yuan AS DECIMAL(28, 8)) AS right_value,
       CAST(coalesce(e.half_unit, 0) AS DECIMAL(28, 8)) AS right_half
FROM totals i
JOIN totals e ON e.document_key = i.document_key AND e.line_number = i.line_number
WHERE i.item_code = 'income.grand_total' AND e.item_code = 'expenditure.grand_total'
QUALIFY count(*) OVER (PARTITION BY i.document_key, i.line_number) = 1
ORDER BY ALL
