-- title: 年初预算合计与预算公开 | Initial budget total against the budget document
-- grain: 文字中的一处一般公共预算支出年初预算 | one statement of the general budget's initial budget
-- note: 读到同一部门同一年度的预算文件时才核对 | judged only where the budget document of the same department and year is read

WITH budget AS (
    SELECT department_key, fiscal_year, any_value(amount_yuan) AS yuan, any_value(half_unit) AS half,
           any_value(b.sheet || '!' || cell) AS cell,
           min(d.place) AS doubt
    FROM core.fact_budget_amount b
    LEFT JOIN core.reading_doubt d ON d.document_key = b.document_key AND d.place = b.sheet || '!' || b.cell
    WHERE component = 'total' AND line = 'total' AND function_code IS NULL
    GROUP BY ALL HAVING count(DISTINCT amount_yuan) = 1)
SELECT c.disclosure_key, c.document_key, 'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end AS place,
       c.item || ' (' || b.cell || ')' AS subject, CAST(c.amount_yuan AS DECIMAL(28, 8)) AS left_value,
       CAST(coalesce(c.half_unit, 0) AS DECIMAL(28, 8)) AS left_half, CAST(b.yuan AS DECIMAL(28, 8)) AS right_value,
       CAST(b.half AS DECIMAL(28, 8)) AS right_half, b.doubt
FROM core.fact_claim c
JOIN budget b ON b.department_key = c.department_key AND b.fiscal_year = c.fiscal_year
WHERE c.is_current AND c.measure = 'initial_budget' AND c.fund = 'general_public_budget' AND c.function_code IS NULL
    AND c.economic_code IS NULL
  AND c.section = 'general_public' AND c.item IN ('一般公共预算财政拨款支出', '一般公共预算支出', '财政拨款支出') AND c.amount_yuan IS NOT NULL
  AND c.claim_kind = 'number' AND (c.stated_year IS NULL OR c.stated_year = c.fiscal_year)
ORDER BY ALL
