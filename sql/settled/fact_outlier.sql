-- title: 异常值的名次 | Outliers and their ranks
-- grain: 一个部门、年度、指标（只列异常） | one department, fiscal year and measure, outliers only
-- unite: again
-- formula: 见 mart.v_outliers | see mart.v_outliers
-- note: 名次要看全年的所有异常，只问一个部门时也一样，所以算好存放 | a rank wants every outlier of its year, also where one department is asked for, so they are kept
-- caution: 只与可比的上年相比（条件同 v_comparability） | the year before counts only where it may be compared with, on the terms of v_comparability
-- column measure: 指标 | Measure, see fact_entity_measure
-- column prior_value: 可比的上年数：元或百分数 | Value of the year before where it may be compared with, in yuan or percent
-- column is_far: 远离同类 | Far from its peers
-- column is_sudden: 比上年突变 | Far from the year before
-- column at_stake: 偏离所涉金额（元） | Money at stake in yuan
-- column outlier_rank: 同一年度内按金额的名次 | Rank by money within the fiscal year

CREATE TABLE core.fact_outlier (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    prior_value DECIMAL(28, 4),
    is_far BOOLEAN NOT NULL,
    is_sudden BOOLEAN NOT NULL,
    at_stake DECIMAL(28, 2),
    outlier_rank BIGINT NOT NULL,
    PRIMARY KEY (department_key, fiscal_year, measure)
);

INSERT INTO core.fact_outlier
WITH valued AS (
    SELECT m.department_key, m.fiscal_year, m.measure, m.unit, m.value,
           CASE WHEN (NOT h.reform_flag OR h.prior_department_key <> h.department_key)
                 AND (m.measure <> 'three_public_total' OR s.scope IS NOT DISTINCT FROM r.scope)
               THEN p.value END AS prior_value
    FROM core.fact_entity_measure m
    JOIN core.fact_department_year h ON h.department_key = m.department_key AND h.fiscal_year = m.fiscal_year
    LEFT JOIN core.fact_three_public_basis s ON s.department_key = m.department_key AND s.fiscal_year = m.fiscal_year
    LEFT JOIN core.fact_three_public_basis r
           ON r.department_key = h.prior_department_key AND r.fiscal_year = m.fiscal_year - 1
    LEFT JOIN core.fact_entity_measure p
           ON p.department_key = h.prior_department_key AND p.measure = m.measure
          AND p.fiscal_year = m.fiscal_year - 1),
-- Wide decimals: the product of two narrow ones is narrow, and a large budget overflows it.
moved AS (
    SELECT v.*, g.peer_median, coalesce(g.is_far, FALSE) AS is_far,
           CAST(abs(v.value - v.prior_value) AS DECIMAL(28, 4)) AS moved
    FROM valued v
    LEFT JOIN core.fact_peer_rank g
           ON g.department_key = v.department_key AND g.fiscal_year = v.fiscal_year AND g.measure = v.measure),
-- Few are far or have moved much: what these are measured by is looked up for them alone.
candidates AS (
    SELECT *, CAST(abs(value - CASE WHEN is_far THEN peer_median ELSE prior_value END) AS DECIMAL(28, 4)) AS distance
    FROM moved
    WHERE is_far OR CASE WHEN unit = '%' THEN moved > 20 ELSE 2 * moved > abs(prior_value) AND prior_value <> 0 END),
judged AS (
    SELECT c.*, CASE WHEN c.unit = '%' THEN coalesce(c.moved > 20, FALSE)
                     ELSE coalesce(2 * c.moved > abs(c.prior_value) AND c.prior_value <> 0
                                   AND (c.measure IN ('car_cost_each', 'reception_per_person', 'pay_per_head')
                                        OR 100 * c.moved > e.value), FALSE) END AS is_sudden,
           CASE WHEN c.unit = '%' THEN c.distance * coalesce(b.value, e.value) * 0.01 ELSE c.distance END AS at_stake
    FROM candidates c
    LEFT JOIN core.fact_entity_measure e
           ON e.department_key = c.department_key AND e.fiscal_year = c.fiscal_year AND e.measure = 'expenditure'
    LEFT JOIN core.fact_entity_measure b
           ON b.department_key = c.department_key AND b.fiscal_year = c.fiscal_year
          AND b.measure = CASE c.measure WHEN 'sme_percent' THEN 'procurement_total' WHEN 'deviation_percent'
              THEN 'general_expenditure' END)
SELECT department_key, fiscal_year, measure, prior_value, is_far, is_sudden, TRY_CAST(at_stake AS DECIMAL(28, 2)),
       rank() OVER (PARTITION BY fiscal_year ORDER BY at_stake DESC NULLS LAST)
FROM judged
WHERE is_far OR is_sudden
ORDER BY department_key, fiscal_year, measure;
