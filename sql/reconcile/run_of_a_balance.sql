-- title: 年初结转和结余加收入减支出等于年末结转和结余 | Opening balance plus income less expenditure is the closing balance
-- grain: 一句写出年初结余、收入、支出、年末结余四个数的话 | one sentence that prints the opening balance, income, expenditure and closing balance
-- note: 四个数在同一句里各出现一次、都不分资金来源才核对；同句所说的使用非财政拨款结余、结余分配一并计算 | judged where the sentence has each of the four once, of all money; a balance used and one distributed that the same sentence tells are counted in

WITH told AS (
    SELECT *,
           CASE item_code WHEN 'expenditure.current_year_total' THEN -1 WHEN 'expenditure.balance_distribution' THEN -1
                ELSE 1 END AS sign
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND amount_yuan IS NOT NULL AND measure IN ('final_account', 'balance')
      AND (stated_year IS NULL OR stated_year = fiscal_year)
      AND item_code IN ('income.opening_balance', 'income.current_year_total', 'expenditure.current_year_total',
          'expenditure.closing_balance', 'income.use_of_non_fiscal_balance', 'expenditure.balance_distribution')),
runs AS (
    SELECT disclosure_key, document_key, line_number, sentence,
           sum(sign * amount_yuan) FILTER (item_code <> 'expenditure.closing_balance') AS should_be,
           sum(coalesce(half_unit, 0)) FILTER (item_code <> 'expenditure.closing_balance' AND amount_yuan <> 0) AS open,
           sum(amount_yuan) FILTER (item_code = 'expenditure.closing_balance') AS closing,
           sum(half_unit) FILTER (item_code = 'expenditure.closing_balance') AS closing_open,
           min('line ' || line_number || ':' || char_start || '-' || char_end)
               FILTER (item_code = 'expenditure.closing_balance') AS place
    FROM told
    GROUP BY disclosure_key, document_key, line_number, sentence
    HAVING count(DISTINCT item_code) = count(*)
       AND count(*) FILTER (item_code IN ('income.opening_balance', 'income.current_year_total',
           'expenditure.current_year_total', 'expenditure.closing_balance')) = 4
       AND count(*) FILTER (coalesce(fund, '') NOT IN ('', 'non_fiscal')) = 0)
SELECT disclosure_key, document_key, place, '' AS subject, CAST(closing AS DECIMAL(28, 8)) AS left_value,
       CAST(coalesce(closing_open, 0) AS DECIMAL(28, 8)) AS left_half, CAST(should_be AS DECIMAL(28, 8)) AS right_value,
       CAST(coalesce(open, 0) AS DECIMAL(28, 8)) AS right_half
FROM runs
ORDER BY ALL
