-- title: 政府性基金、国有资本经营科目只在各自的表中 | Fund codes only in their own tables
-- grain: 一般公共预算表中的一个功能科目 | one functional code in a table of the general budget

SELECT f.disclosure_key, f.document_key, min(f.sheet || '!' || f.cell) AS place,
       f.function_code || ' ' || any_value(f.row_name) AS subject,
       any_value(d.fund) = 'general_public_budget' AS holds,
       '科目 ' || f.function_code || ' 不属于本表的预算' AS said_zh,
           'code ' || f.function_code || ' does not belong to this table''s budget' AS said_en
FROM core.fact_amount f
JOIN core.dim_function d ON d.function_code = f.function_code AND d.is_known
WHERE f.is_current AND f.report_table IN ('general_budget_expenditure', 'general_budget_income_expenditure')
GROUP BY f.disclosure_key, f.document_key, f.report_table, f.function_code
ORDER BY ALL
