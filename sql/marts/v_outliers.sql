-- title: 异常值 | Outliers
-- grain: 一个部门、年度、指标（只列异常） | one department, fiscal year and measure, outliers only
-- question: 哪些数偏离同类或自身历史太远？ | Which values lie far from their peers or their own past?
-- example: 金额最大的十个异常值及其出处？ | The ten outliers with most money at stake, and their sources?
-- ask: SELECT department_name, fiscal_year, measure, value, money_at_stake, number_keys FROM mart.v_outliers ORDER BY money_at_stake DESC NULLS LAST, 1, 2, 3 LIMIT 10
-- example: 哪些数远离同类？ | Which values lie far from their peers?
-- ask: SELECT department_name, fiscal_year, measure, value, peer_median, robust_z FROM mart.v_outliers WHERE flag IN ('peers', 'both') ORDER BY abs(robust_z) DESC, 1, 2, 3
-- formula: 异常 = |robust_z| > 3.5（同类），或比上年：金额、单价变动超过一半且超过本年支出的百分之一，百分数变动超过 20 个百分点（历史） | outlier: |robust_z| above 3.5 (peers); or against the year before more than half and more than one percent of expenditure for amounts and unit costs, more than 20 points for percents (history)
-- formula: money_at_stake = 偏离所涉金额（元）：金额为与同类中位数（没有同类为上年）之差，百分数为百分点 × 所占的总额（采购、一般公共预算支出或本年支出） | money_at_stake: the difference from the peer median (else from the year before) in yuan; for percents the points times what they are percents of (procurement, general budget or all expenditure)
-- note: 只与可比的上年相比（条件同 v_comparability） | the year before counts only where it may be compared with, on the terms of v_comparability
-- caution: 材料勾稽有错（grade C、D）时先核对原文 | where the disclosure breaks identities (grade C or D), read the source first
-- note: change 为元或百分点；百分数的 change_percent 为空 | change is in yuan or points; change_percent is NULL for percents
-- column money_at_stake: 偏离所涉金额（元） | Money at stake in yuan
-- column outlier_rank: 同一年度内按金额的名次 | Rank by money within the fiscal year
-- column flag: peers 偏离同类、history 偏离历史、both 两者 | peers, history or both

CREATE VIEW mart.v_outliers AS
WITH valued AS (
    SELECT m.department_key, m.fiscal_year, m.measure, m.unit, m.value, m.number_keys, g.peers, g.peer_median,
           g.robust_z, coalesce(g.is_far, FALSE) AS is_far,
           CASE WHEN (NOT h.reform_flag OR h.prior_department_key <> h.department_key)
                 AND (m.measure <> 'three_public_total' OR s.scope IS NOT DISTINCT FROM r.scope)
               THEN p.value END AS prior_value,
           e.value AS expenditure, coalesce(b.value, e.value) AS base
    FROM core.fact_entity_measure m
    JOIN core.fact_department_year h ON h.department_key = m.department_key AND h.fiscal_year = m.fiscal_year
    LEFT JOIN core.fact_peer_rank g
           ON g.department_key = m.department_key AND g.fiscal_year = m.fiscal_year AND g.measure = m.measure
    LEFT JOIN core.fact_three_public_basis s ON s.department_key = m.department_key AND s.fiscal_year = m.fiscal_year
    LEFT JOIN core.fact_three_public_basis r
           ON r.department_key = h.prior_department_key AND r.fiscal_year = m.fiscal_year - 1
    LEFT JOIN core.fact_entity_measure p
           ON p.department_key = h.prior_department_key AND p.measure = m.measure AND p.fiscal_year = m.fiscal_year - 1
    LEFT JOIN core.fact_entity_measure e
           ON e.department_key = m.department_key AND e.fiscal_year = m.fiscal_year AND e.measure = 'expenditure'
    LEFT JOIN core.fact_entity_measure b
           ON b.department_key = m.department_key AND b.fiscal_year = m.fiscal_year
          AND b.measure = CASE m.measure WHEN 'sme_percent' THEN 'procurement_total' WHEN 'deviation_percent'
              THEN 'general_expenditure' END),
-- Wide decimals: the product of two narrow ones is narrow, and a large budget overflows it.
measured AS (
    SELECT *, value - prior_value AS change, CAST(abs(value - prior_value) AS DECIMAL(28, 4)) AS moved,
           CAST(abs(value - CASE WHEN is_far THEN peer_median ELSE prior_value END) AS DECIMAL(28, 4)) AS distance
    FROM valued),
judged AS (
    SELECT *, CASE WHEN unit = '%' THEN coalesce(moved > 20, FALSE)
                   ELSE coalesce(2 * moved > abs(prior_value) AND prior_value <> 0
                                 AND (measure IN ('car_cost_each', 'reception_per_person', 'pay_per_head')
                                      OR 100 * moved > expenditure), FALSE) END AS is_sudden,
           CASE WHEN unit = '%' THEN distance * base * 0.01 ELSE distance END AS at_stake
    FROM measured),
-- The rank wants every outlier of its year, so names and grades come after it.
ranked AS (
    SELECT *, rank() OVER (PARTITION BY fiscal_year ORDER BY at_stake DESC NULLS LAST) AS outlier_rank
    FROM judged WHERE is_far OR is_sudden)
SELECT o.department_key, y.department_name, y.region_code, y.level, o.fiscal_year, o.measure, o.unit, o.value,
       o.peers, o.peer_median, o.robust_z, o.prior_value, o.change,
       CASE WHEN o.unit = '元' THEN core.percent_of(o.change, abs(o.prior_value)) END AS change_percent,
       TRY_CAST(o.at_stake AS DECIMAL(28, 2)) AS money_at_stake, o.outlier_rank,
       CASE WHEN o.is_far AND o.is_sudden THEN 'both' WHEN o.is_far THEN 'peers' ELSE 'history' END AS flag,
       o.number_keys, t.grade, y.series_key, y.quality_flag
FROM ranked o
JOIN mart.v_department_year y ON y.department_key = o.department_key AND y.fiscal_year = o.fiscal_year
LEFT JOIN (SELECT disclosure_key, grade FROM mart.v_trust) t ON t.disclosure_key = y.disclosure_key;
