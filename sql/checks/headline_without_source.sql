-- title: 报表有数而关键数为空 | A figure of a table whose headline is empty
-- severity: warning
-- cause: reference
-- hint: 在 pipelines/reference/headline_sources.csv 为该报表加一行来源 | add a source row for that report table to pipelines/reference/headline_sources.csv

WITH meanings AS (
    SELECT line, min(headline) AS headline
    FROM stage.reference_headline_sources
    WHERE line IS NOT NULL AND source = 'table' AND headline NOT LIKE '%budget'
    GROUP BY line HAVING count(DISTINCT headline) = 1)
SELECT a.document_key, min(a.sheet || '!' || a.cell) AS place,
       'the table ' || a.report_table || ' prints ' || a.line || ', yet the headline ' || m.headline || ' is empty' AS message
FROM core.fact_amount a
JOIN meanings m USING (line)
ANTI JOIN core.fact_headline h ON h.department_key = a.department_key AND h.fiscal_year = a.fiscal_year AND h.headline = m.headline
WHERE a.is_current AND a.fiscal_year IS NOT NULL AND a.phase = 'final_account' AND a.function_code IS NULL AND a.economic_code IS NULL
  AND a.value IS NOT NULL AND a.component IN ('total', 'quantity', 'statistic', 'actual_procurement')
GROUP BY a.document_key, a.report_table, a.line, m.headline
