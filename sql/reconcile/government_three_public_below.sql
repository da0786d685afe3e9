-- title: 各部门三公之和不超过政府汇总 | The departments' three public expenses are at most the government's summary
-- grain: 一个地区、一个年度 | one region and year
-- about: 政府，不是一份公开材料 | governments
-- note: 政府汇总登记在 pipelines/reference/indicators.csv：government_three_public | the summary stands in pipelines/reference/indicators.csv as government_three_public

WITH doubts AS (
    SELECT document_key, min(place) AS place FROM core.reading_doubt WHERE NOT is_hidden GROUP BY ALL)
SELECT '' AS disclosure_key,
       t.region_code || ' ' || t.fiscal_year || ' (' || count(DISTINCT h.department_key) || ')' AS subject,
       CAST(sum(h.value) AS DECIMAL(28, 2)) AS left_value, CAST(sum(h.half_unit) AS DECIMAL(28, 8)) AS left_half,
       CAST(any_value(t.value * u.yuan_factor) AS DECIMAL(28, 2)) AS right_value,
       CAST(any_value(t.half_unit * u.yuan_factor) AS DECIMAL(28, 8)) AS right_half, min(q.place) AS doubt
FROM core.fact_reference_indicator t JOIN core.dim_unit u ON u.unit = t.unit
JOIN core.dim_department p ON p.region_code = t.region_code AND p.level = 'department'
JOIN core.fact_headline h ON h.department_key = p.department_key AND h.fiscal_year = t.fiscal_year
    AND h.headline = 'three_public_total'
LEFT JOIN doubts q ON q.document_key = h.document_key
WHERE t.indicator = 'government_three_public' AND t.department_key = '' AND u.yuan_factor IS NOT NULL
GROUP BY t.region_code, t.fiscal_year
ORDER BY ALL
