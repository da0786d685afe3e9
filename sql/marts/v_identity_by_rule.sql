-- title: 各勾稽关系的成立情况 | Identities by rule, region and year
-- grain: 一条勾稽关系、一个地区、一个年度 | one identity, region and fiscal year
-- question: 哪些勾稽关系在哪里最常不成立？ | Which identities break where?
-- formula: failed_percent = 100 × 不成立 / 已核对 | failed_percent = 100 × broken / evaluated
-- column evaluated: 已核对数 | Evaluated
-- column failed: 不成立数 | Broken
-- column failed_percent: 不成立比例（%） | Broken in percent
-- column median_difference: 不成立时差额的中位数（绝对值） | Median absolute difference where broken

CREATE VIEW mart.v_identity_by_rule AS
SELECT e.check_id, y.region_code, y.region_name, y.fiscal_year, count(*) FILTER (e.outcome <> 'not_evaluable') AS evaluated,
       count(*) FILTER (e.outcome = 'broken') AS failed,
       core.percent_of(count(*) FILTER (e.outcome = 'broken'), count(*) FILTER (e.outcome <> 'not_evaluable')) AS failed_percent,
       CAST(median(abs(e.difference)) FILTER (e.outcome = 'broken') AS DECIMAL(28, 4)) AS median_difference
FROM audit.check_evaluation e
JOIN mart.v_department_year y USING (disclosure_key)
GROUP BY e.check_id, y.region_code, y.region_name, y.fiscal_year;
