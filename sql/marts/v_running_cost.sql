-- title: 机关运行经费 | Running cost of government bodies
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 机关运行花多少，人均多少？ | What does the body's operation cost, in all and per head?
-- example: 机关运行经费人均多少？ | What is running cost per head?
-- ask: SELECT department_name, fiscal_year, running_cost, running_cost_per_head FROM mart.v_running_cost ORDER BY running_cost_per_head DESC NULLS LAST, 1, 2
-- example: 增长最快的部门？ | Where did it grow fastest?
-- ask: SELECT department_name, fiscal_year, change_percent, base_source FROM mart.v_running_cost ORDER BY change_percent DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: share_of_general_percent = 100 × 机关运行经费 / 一般公共预算支出 | share_of_general_percent = 100 × running cost / general public budget expenditure
-- caution: 只有行政单位和参公事业单位有此数：空不等于零 | administrative bodies and institutions under the civil service law only: NULL is not zero
-- column running_cost: 机关运行经费 | Running cost
-- column prior_running_cost: 上年数（公布的，否则推出的） | Prior year, published or else implied
-- column running_cost_per_head: 人均（元） | Per head in yuan
-- column share_of_general_percent: 占一般公共预算支出（%） | Share of general public budget expenditure in percent

CREATE VIEW mart.v_running_cost AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year,
       CAST(h.value AS DECIMAL(28, 2)) AS running_cost, CAST(h.prior_value AS DECIMAL(28, 2)) AS prior_running_cost,
       h.prior_source AS base_source, core.percent_of(h.value - h.prior_value, h.prior_value) AS change_percent,
       y.staff, CASE WHEN y.staff >= 3 THEN core.per_unit(h.value, y.staff) END AS running_cost_per_head,
       core.percent_of(h.value, g.value) AS share_of_general_percent, h.value_source, h.doubt, h.figure_key,
       h.claim_key, y.series_key, y.quality_flag, h.document_key
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
LEFT JOIN core.fact_headline g ON g.region_code = h.region_code AND g.department_key = h.department_key
    AND g.fiscal_year = h.fiscal_year AND g.headline = 'general_expenditure'
WHERE h.headline = 'running_cost';
