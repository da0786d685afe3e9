-- title: 材料质量 | Quality of a disclosure
-- grain: 一份公开材料 | one disclosure
-- column errors: 错误级发现数 | Findings of severity error
-- column warnings: 警告级发现数 | Findings of severity warning
-- column checks: 核对总数；未核对为空 | Checks, NULL where none was evaluated
-- column evaluated: 可核对数 | Evaluated
-- column exact: 完全一致 | Exact
-- column within_rounding: 舍入之内 | Within rounding
-- column broken_errors: 不成立（错误） | Broken, severity error
-- column broken_warnings: 不成立（警告） | Broken, severity warning
-- column broken_infos: 不成立（提示） | Broken, severity info
-- column not_evaluable: 无法核对 | Not evaluable

CREATE TABLE core.disclosure_quality (
    disclosure_key VARCHAR PRIMARY KEY,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    checks BIGINT,
    evaluated BIGINT,
    exact BIGINT,
    within_rounding BIGINT,
    broken_errors BIGINT,
    broken_warnings BIGINT,
    broken_infos BIGINT,
    not_evaluable BIGINT
);

INSERT INTO core.disclosure_quality
WITH found AS (
    SELECT disclosure_key, count(*) FILTER (severity = 'error') AS errors, count(*)
           FILTER (severity = 'warning') AS warnings
    FROM core.fact_finding
    WHERE cause = 'disclosure' AND outcome <> 'exact' AND disclosure_key <> ''
    GROUP BY disclosure_key),
checked AS (
    SELECT disclosure_key, sum(identities) AS checks, coalesce(sum(identities) FILTER (outcome <> 'not_evaluable'),
           0) AS evaluated,
           coalesce(sum(identities) FILTER (outcome = 'exact'), 0) AS exact, count(*)
               FILTER (outcome = 'within_rounding') AS within_rounding,
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
