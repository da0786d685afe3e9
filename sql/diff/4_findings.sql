-- title: 发现的变化 | Findings opened and closed
-- grain: 一条只在一边的发现 | one finding that stands on one side only
-- column department: 部门 | Department
-- column change: 变化：opened 新出现、closed 不再出现 | opened or closed

WITH old_findings AS (
    SELECT f.check_id, f.severity, coalesce(d.file, '') AS file, f.place, f.message, f.outcome
    FROM old.core.fact_finding f LEFT JOIN old.core.dim_document d USING (document_key) WHERE f.outcome <> 'exact'),
new_findings AS (
    SELECT f.check_id, f.severity, coalesce(d.file, '') AS file, f.place, f.message, f.outcome
    FROM new.core.fact_finding f LEFT JOIN new.core.dim_document d USING (document_key) WHERE f.outcome <> 'exact'),
changed AS (
    SELECT 'opened' AS change, * FROM (FROM new_findings EXCEPT ALL FROM old_findings)
    UNION ALL
    SELECT 'closed', * FROM (FROM old_findings EXCEPT ALL FROM new_findings)),
documents AS (
    SELECT 'opened' AS change, file, any_value(department_name) AS department, any_value(fiscal_year) AS fiscal_year
    FROM new.core.dim_document GROUP BY file
    UNION ALL
    SELECT 'closed', file, any_value(department_name), any_value(fiscal_year) FROM old.core.dim_document GROUP BY file)
SELECT change, severity, check_id, outcome, file, place, message, coalesce(department, '') AS department, fiscal_year
FROM changed
LEFT JOIN documents USING (change, file)
ORDER BY change DESC, array_position(['error', 'warning', 'info'], severity), check_id, file, place, message
