-- title: 最近一次运行的变化 | What the last run changed
-- grain: 一条发现，新出现或不再出现 | one finding, opened or closed
-- note: 错误与警告，最多 60 条；全部见 juesuan diff | errors and warnings, 60 at most; `juesuan diff` shows all
-- column change: 变化 | Change
-- column department_name: 部门 | Department
-- column fiscal_year: 年度 | Year
-- column severity: 程度 | Severity
-- column check_name: 核对 | Check
-- column check_name_en: 核对 | Check

WITH last AS (SELECT max(run_id) AS run_id, count(*) AS runs FROM audit.run WHERE outcome = 'published')
SELECT CASE WHEN f.closed_run_id IS NOT NULL THEN 'closed' ELSE 'opened' END AS change,
       w.department_name, 'department ' || w.series_key AS department_name_to, w.fiscal_year,
       'disclosure ' || f.disclosure_key AS fiscal_year_to, f.severity,
       f.check_id || ' ' || coalesce(c.check_name, '') AS check_name, f.check_id || ' ' || coalesce(c.check_name_en, '') AS check_name_en
FROM audit.finding_history f
CROSS JOIN last
JOIN wanted w ON w.disclosure_key = f.disclosure_key
LEFT JOIN core.dim_check c ON c.check_id = f.check_id
WHERE f.severity IN ('error', 'warning') AND last.runs > 1
  AND (f.first_run_id = last.run_id AND f.closed_run_id IS NULL OR f.closed_run_id = last.run_id)
ORDER BY change DESC, array_position(['error', 'warning'], f.severity), w.fiscal_year DESC, w.department_name, check_name
LIMIT 60
