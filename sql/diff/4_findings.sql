-- title: 发现的变化 | Findings opened and closed
-- grain: 一条只在一边的发现 | one finding that stands on one side only
-- column department: 部门 | Department
-- column change: 变化：opened 新出现、closed 不再出现 | opened or closed

WITH found AS (
    SELECT f.check_id, f.severity, coalesce(d.file, '') AS file, f.place, f.message, f.outcome, 1 AS one
    FROM new.core.fact_finding f LEFT JOIN new.core.dim_document d USING (document_key) WHERE f.outcome <> 'exact'
    UNION ALL
    SELECT f.check_id, f.severity, coalesce(d.file, ''), f.place, f.message, f.outcome, -1
    FROM old.core.fact_finding f LEFT JOIN old.core.dim_document d USING (document_key) WHERE f.outcome <> 'exact'),
-- Both sides in one pass: nearly all findings stand on both.
differing AS (
    SELECT check_id, severity, file, place, message, outcome, CAST(sum(one) AS BIGINT) AS more
    FROM found GROUP BY check_id, severity, file, place, message, outcome HAVING sum(one) <> 0),
changed AS (
    SELECT CASE WHEN more > 0 THEN 'opened' ELSE 'closed' END AS change, * EXCLUDE (more),
           unnest(range(abs(more))) AS occurrence
    FROM differing),
documents AS (
    SELECT 'opened' AS change, file, any_value(department_name) AS department, any_value(fiscal_year) AS fiscal_year
    FROM new.core.dim_document GROUP BY file
    UNION ALL
    SELECT 'closed', file, any_value(department_name), any_value(fiscal_year) FROM old.core.dim_document GROUP BY file)
SELECT change, severity, check_id, outcome, file, place, message, coalesce(department, '') AS department, fiscal_year
FROM changed
LEFT JOIN documents USING (change, file)
ORDER BY change DESC, array_position(['error', 'warning', 'info'], severity), check_id, file, place, message
