-- title: 未解决的发现 | Findings
-- grain: 一种核对 | one check
-- column severity: 级别 | Severity
-- column findings: 个数 | Count
-- column new_in_last_run: 上次运行新增 | New in the last run

SELECT f.severity, f.check_id, count(*) AS findings,
       (SELECT count(*) FROM audit.finding_history h
        WHERE h.check_id = f.check_id AND h.severity = f.severity AND h.closed_run_id IS NULL
          AND h.first_run_id = (SELECT max(run_id) FROM audit.run WHERE outcome = 'published')) AS new_in_last_run
FROM core.fact_finding f
WHERE f.outcome <> 'exact'
GROUP BY f.severity, f.check_id
ORDER BY array_position(['error', 'warning', 'info'], f.severity), findings DESC, f.check_id
