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
SELECT o.department_key, y.department_name, y.region_code, y.level, o.fiscal_year, o.measure, m.unit, m.value,
       g.peers, g.peer_median, g.robust_z, o.prior_value, m.value - o.prior_value AS change,
       CASE WHEN m.unit = '元' THEN core.percent_of(m.value - o.prior_value, abs(o.prior_value)) END AS change_percent,
       o.at_stake AS money_at_stake, o.outlier_rank,
       CASE WHEN o.is_far AND o.is_sudden THEN 'both' WHEN o.is_far THEN 'peers' ELSE 'history' END AS flag,
       m.number_keys, t.grade, y.series_key, y.quality_flag
FROM core.fact_outlier o
JOIN core.fact_entity_measure m
  ON m.department_key = o.department_key AND m.fiscal_year = o.fiscal_year AND m.measure = o.measure
JOIN mart.v_department_year y ON y.department_key = o.department_key AND y.fiscal_year = o.fiscal_year
LEFT JOIN core.fact_peer_rank g
       ON g.department_key = o.department_key AND g.fiscal_year = o.fiscal_year AND g.measure = o.measure
LEFT JOIN (SELECT disclosure_key, grade FROM mart.v_trust) t ON t.disclosure_key = y.disclosure_key;
