-- title: 未解决的发现 | Findings
-- grain: 一种核对 | one check
-- column severity: 级别 | Severity
-- column check_name: 核对内容 | What it compares
-- column check_name_en: 核对内容 | What it compares
-- column findings: 个数 | Count
-- column new_in_last_run: 上次运行新增 | New in the last run

SELECT f.severity, f.check_id, coalesce(c.check_name, '') AS check_name,
       coalesce(c.check_name_en, '') AS check_name_en,
       count(*) AS findings,
       (SELECT count(*) FROM audit.finding_history h
        WHERE h.check_id = f.check_id AND h.severity = f.severity AND h.closed_run_id IS NULL
          AND h.first_run_id = (SELECT max(run_id) FROM audit.run WHERE outcome = 'published')) AS new_in_last_run
FROM core.fact_finding f
LEFT JOIN core.dim_check c USING (check_id)
WHERE f.outcome <> 'exact'
GROUP BY f.severity, f.check_id, c.check_name, c.check_name_en
ORDER BY array_position(['error', 'warning', 'info'], f.severity), findings DESC, f.check_id
