-- title: 统计各份材料的发现与核对 | Count the findings and checks of each disclosure

INSERT INTO core.disclosure_quality
WITH found AS (
    SELECT disclosure_key, count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings
    FROM core.fact_finding
    WHERE cause = 'disclosure' AND outcome <> 'exact' AND disclosure_key <> ''
    GROUP BY disclosure_key),
checked AS (
    SELECT disclosure_key, sum(identities) AS checks, coalesce(sum(identities) FILTER (outcome <> 'not_evaluable'), 0) AS evaluated,
           coalesce(sum(identities) FILTER (outcome = 'exact'), 0) AS exact, count(*) FILTER (outcome = 'within_rounding') AS within_rounding,
           count(*) FILTER (outcome = 'broken' AND severity = 'error') AS broken_errors,
           count(*) FILTER (outcome = 'broken' AND severity = 'warning') AS broken_warnings,
           count(*) FILTER (outcome = 'broken' AND severity = 'info') AS broken_infos,
           count(*) FILTER (outcome = 'not_evaluable') AS not_evaluable
    FROM audit.check_evaluation
    GROUP BY disclosure_key)
SELECT disclosure_key, coalesce(f.errors, 0), coalesce(f.warnings, 0), c.* EXCLUDE (disclosure_key)
FROM found f
FULL JOIN checked c USING (disclosure_key)
ORDER BY disclosure_key;
