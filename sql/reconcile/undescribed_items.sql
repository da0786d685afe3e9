-- title: 支出表每个不为零的项在文字中都有说明 | Every non-zero item of the table is described
-- grain: 一般公共预算支出表中一个不为零的项 | one non-zero item of the general budget table
-- note: 只说到类、款的文字不核对；某款只按款说明的，其下各项也不核对 | texts that speak of classes and groups only are not judged, nor are items of a group that is described as one

WITH described AS (
    SELECT DISTINCT disclosure_key, function_code FROM core.fact_claim
    WHERE is_current AND section_group = 'general_budget_detail' AND length(function_code) = 7),
-- 按款说明、其下没有一项有说明的款
grouped AS (
    SELECT DISTINCT c.disclosure_key, c.function_code FROM core.fact_claim c
    WHERE c.is_current AND c.section_group = 'general_budget_detail' AND length(c.function_code) = 5
      AND NOT EXISTS (FROM described d WHERE d.disclosure_key = c.disclosure_key
          AND starts_with(d.function_code, c.function_code)))
SELECT f.disclosure_key, f.document_key, min(f.sheet || '!' || f.cell) AS place,
       f.function_code || ' ' || any_value(f.row_name) AS subject,
       bool_or(d.function_code IS NOT NULL) AS holds,
       '表中“' || f.function_code || ' ' || any_value(f.row_name) || '”' || any_value(f.printed || f.unit)
           || '，在文字中没有说明' AS said_zh,
       f.function_code || ' ' || any_value(f.row_name) || ' (' || any_value(f.printed || f.unit)
       || ') is in the table and not described in the text' AS said_en
FROM core.fact_amount f
ANTI JOIN grouped g ON g.disclosure_key = f.disclosure_key AND g.function_code = left(f.function_code, 5)
LEFT JOIN described d ON d.disclosure_key = f.disclosure_key AND d.function_code = f.function_code
WHERE f.is_current AND f.report_table IN ('general_budget_expenditure', 'general_budget_income_expenditure')
    AND length(f.function_code) = 7
  AND f.component = 'total' AND f.flow = 'expenditure' AND f.value <> 0
  AND f.disclosure_key IN (SELECT disclosure_key FROM described)
GROUP BY f.disclosure_key, f.document_key, f.function_code
ORDER BY ALL
