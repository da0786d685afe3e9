-- title: 完成率与比预算的增减相符 | A completion suits the change against the budget
-- grain: 一句中对同一指标所说的完成率和比年初预算增减额（或只说大于、小于预算） | one sentence that tells of one item both its completion and its change against the budget (or only that it is more or less)
-- note: 预算数 = 决算数 − 增减额；句中写了预算数，或说到调整（调整工资、人员等除外）、全年、追加的不算；完成的是“预算”而比的是“年初预算”的不算 | the budget is the account less its change; sentences that state the budget, speak of 调整 (but of pay or staff), 全年 or 追加, or complete 预算 and compare with 年初预算 are none

WITH told AS (
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number'
      AND measure IN ('completion_percent', 'final_account', 'change_vs_budget', 'initial_budget')),
completed AS (
    SELECT c.disclosure_key, c.document_key, c.line_number, c.char_start, c.char_end, c.item, c.printed, c.value,
           c.sentence, 2 * coalesce(c.half_unit, 0.5) AS allowed, f.amount_yuan AS spent, f.half_unit AS of_spent,
           f.said
    FROM told c
    JOIN told f USING (document_key, line_number, sentence, item)
    WHERE c.measure = 'completion_percent' AND c.basis = '年初预算'
      AND NOT regexp_matches(
          regexp_replace(regexp_replace(c.sentence,
              '调整了?(?:[^,。;预算]{0,4}(?:工资|津补贴|津贴|补贴|待遇|标准|基数|薪级|岗位|职级|人员))', '', 'g'),
              '(?:工资|津补贴|津贴|薪级|职级|社保|公积金|养老金)(?:标准|基数|待遇|政策)?的?调整', '', 'g'),
          '调整|全年|追加|剔除|扣除')
      AND (contains(c.sentence, '完成年初预算') OR NOT contains(c.sentence, '年初预算'))
      AND f.measure = 'final_account' AND f.char_start < c.char_start
    QUALIFY row_number() OVER (PARTITION BY c.document_key, c.line_number, c.char_start
               ORDER BY f.char_start DESC) = 1),
rates AS (
    SELECT c.*, c.spent - d.amount_yuan AS budget, c.of_spent + d.half_unit AS of_budget
    FROM completed c
    JOIN told d USING (document_key, line_number, sentence, item)
    WHERE d.measure = 'change_vs_budget' AND d.basis = '年初预算' AND d.char_start > c.char_start AND d.value <> 0
    QUALIFY row_number() OVER (PARTITION BY c.document_key, c.line_number, c.char_start ORDER BY d.char_start) = 1)
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end AS place,
       item AS subject,
       value BETWEEN 100 * (spent - of_spent) / (budget + of_budget) - allowed
           AND 100 * (spent + of_spent) / (budget - of_budget) + allowed AS holds,
       '“' || item || '”完成预算' || printed || '%，而按比预算的增减额应为' || round(100 * spent / budget, 2) || '%' AS said_zh,
       item || ' completes ' || printed || ' % of its budget; by its change against the budget it is '
           || round(100 * spent / budget, 2) || ' %' AS said_en
FROM rates r
WHERE budget > of_budget AND NOT EXISTS (
    SELECT 1 FROM told b
    WHERE b.document_key = r.document_key AND b.line_number = r.line_number
      AND b.measure = 'initial_budget' AND b.item = r.item)
UNION ALL
-- 完成年初预算100%,决算数大于预算数, and neither the budget nor by how much.
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end,
       item, CASE said WHEN 'more' THEN value > 100 ELSE value < 100 END,
       '“' || item || '”完成预算' || printed || '%，却说决算数' || CASE said WHEN 'more' THEN '大于' ELSE '小于' END || '预算数',
       item || ' completes ' || printed || ' % of its budget and is said to be ' || said || ' than it'
FROM completed c
WHERE said IN ('more', 'less') AND spent <> 0 AND NOT EXISTS (
    SELECT 1 FROM told b
    WHERE b.document_key = c.document_key AND b.line_number = c.line_number
      AND b.measure IN ('initial_budget', 'change_vs_budget') AND b.item = c.item)
ORDER BY ALL
