-- title: 勾稽得分 | Identity score
-- grain: 一份公开材料（部门、年度） | one disclosure (department and fiscal year)
-- question: 这份材料内部对得上吗？ | Does this disclosure agree with itself?
-- example: 得分最低的材料？ | Which disclosures score lowest?
-- ask: SELECT department_name, fiscal_year, identity_score, broken_errors FROM mart.v_identity_score ORDER BY identity_score, 1, 2 LIMIT 10
-- example: 核对了多少？ | How much was checked?
-- ask: SELECT sum(checks) AS checks, sum(evaluated) AS evaluated, sum(exact) AS exact FROM mart.v_identity_score
-- formula: identity_score = 100 × (1 − (错误 + 0.3 × 警告) / 已核对数)，不低于 0；无可核对时为空 | identity_score = 100 × (1 − (errors + 0.3 × warnings) / evaluated), not below 0; NULL where nothing could be evaluated
-- caution: 得分只说明数字互相一致，不说明真实 | the score says that figures agree with each other, not that they are true
-- column checks: 核对总数 | Checks
-- column exact: 完全一致 | Exact
-- column within_rounding: 舍入之内 | Within rounding
-- column broken_errors: 不成立（错误） | Broken, severity error
-- column broken_warnings: 不成立（警告） | Broken, severity warning
-- column broken_infos: 不成立（提示） | Broken, severity info
-- column not_evaluable: 无法核对 | Not evaluable
-- column identity_score: 得分（0—100） | Score from 0 to 100

CREATE VIEW mart.v_identity_score AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, y.disclosure_key, c.checks,
       c.evaluated, c.exact,
       c.within_rounding, c.broken_errors, c.broken_warnings, c.broken_infos, c.not_evaluable,
       CASE WHEN c.evaluated > 0
            THEN CAST(greatest(0, 100 - core.per_unit(1000 * c.broken_errors + 300 * c.broken_warnings,
                10 * c.evaluated)) AS DECIMAL(9, 2)) END AS identity_score,
       y.series_key, y.quality_flag
FROM core.disclosure_quality c
JOIN mart.v_department_year y USING (disclosure_key)
WHERE c.checks IS NOT NULL;
