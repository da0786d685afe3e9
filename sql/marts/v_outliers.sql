-- title: 异常值 | Outliers
-- grain: 一个部门、年度、指标（只列异常） | one department, fiscal year and measure, outliers only
-- question: 哪些数偏离同类或自身历史太远？ | Which values lie far from their peers or their own past?
-- formula: 异常 = |robust_z| > 3.5，或比上年变动超过一半 | outlier = |robust_z| above 3.5, or more than half away from the year before
-- caution: 材料勾稽有错（quality_flag = error）时先核对原文 | where the disclosure breaks identities (quality_flag = error), read the source first
-- column measure: 指标 | Measure, see v_entity_measure
-- column value: 数值 | Value
-- column peer_median: 同类中位数 | Median of the peers
-- column robust_z: 稳健标准分 | Robust z
-- column prior_value: 上年数 | Value of the year before
-- column change_percent: 增减率（%） | Change in percent
-- column flag: peers 偏离同类、history 偏离历史、both 两者 | peers, history or both

CREATE VIEW mart.v_outliers AS
WITH judged AS (
    SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, m.measure, m.value, g.peer_median, g.robust_z,
           p.value AS prior_value, core.percent_of(m.value - p.value, abs(p.value)) AS change_percent, y.quality_flag
    FROM core.fact_entity_measure m
    JOIN mart.v_department_year y USING (department_key, fiscal_year)
    LEFT JOIN mart.v_peer_group g
           ON g.department_key = m.department_key AND g.fiscal_year = m.fiscal_year AND g.measure = m.measure
    LEFT JOIN core.fact_entity_measure p
           ON p.department_key = y.prior_department_key AND p.measure = m.measure AND p.fiscal_year = m.fiscal_year - 1)
SELECT *, CASE WHEN abs(robust_z) > 3.5 AND abs(change_percent) > 50 THEN 'both' WHEN abs(robust_z) > 3.5 THEN 'peers' ELSE 'history' END AS flag
FROM judged
WHERE abs(robust_z) > 3.5 OR abs(change_percent) > 50;
