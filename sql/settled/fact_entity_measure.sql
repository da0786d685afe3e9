-- title: 比较用指标 | Measures for comparison
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- formula: 项目占比 = 项目/(基本+项目)；偏离度 = (一般公共预算决算−年初预算)/年初预算；结转率 = 年末/(年初+收入)；车均 = 运行费/保有量；人均接待 = 接待费/人次；人均工资 = 301/在职；均在零分母时不列 | project share = project/(basic+project); deviation = (general public budget final − initial)/initial; carry-over rate = closing/(opening+income); per vehicle, per guest and per head as named; no row on a zero denominator
-- caution: 混有金额、百分比和单价，按 measure 取一种 | amounts, percents and unit costs stand together: pick one measure
-- column measure: 指标名 | Name of the measure
-- column value: 数值：元或百分数 | Value, in yuan or percent
-- column rank_in_region: 本级政府各部门中的名次（从大到小）；单位与地区未知的为空 | Rank among the departments of its government, from the largest; NULL for units and where the region is unknown
-- column departments: 参加排名的部门数 | Departments ranked

CREATE TABLE core.fact_entity_measure (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    value DECIMAL(18, 4) NOT NULL,
    rank_in_region BIGINT,
    departments BIGINT,
    PRIMARY KEY (department_key, fiscal_year, measure)
);

INSERT INTO core.fact_entity_measure
WITH picked AS (
    SELECT department_key, fiscal_year, core.pick_money(headline, value, 'basic') AS basic, core.pick_money(headline, value, 'project') AS project,
           core.pick_money(headline, value, 'general_expenditure') AS general_expenditure,
           core.pick_money(headline, value, 'general_initial_budget') AS general_initial_budget,
           core.pick_money(headline, value, 'opening_balance') AS opening, core.pick_money(headline, value, 'income') AS income,
           core.pick_money(headline, value, 'closing_balance') AS closing,
           core.pick_money(headline, value, 'three_public_vehicle_running') AS running, core.pick_count(headline, value, 'vehicles_kept') AS vehicles,
           core.pick_money(headline, value, 'three_public_reception') AS reception, core.pick_count(headline, value, 'reception_persons') AS guests,
           core.pick_money(headline, value, 'procurement_total') AS procured, core.pick_money(headline, value, 'procurement_sme') AS sme
    FROM core.fact_headline
    GROUP BY department_key, fiscal_year),
staffed AS (
    SELECT p.*, y.staff, e.final_account AS pay
    FROM picked p
    LEFT JOIN core.fact_staff y USING (department_key, fiscal_year)
    LEFT JOIN core.fact_economic_year e
           ON e.department_key = p.department_key AND e.fiscal_year = p.fiscal_year AND e.fund = 'general_public_budget'
          AND e.spending_kind = 'basic' AND e.economic_code = '301'),
measured AS (
    SELECT department_key, fiscal_year, headline AS measure, CAST(value AS DECIMAL(18, 4)) AS value
    FROM core.fact_headline
    WHERE headline IN ('expenditure', 'general_expenditure', 'three_public_total', 'running_cost', 'procurement_total')
    UNION ALL SELECT department_key, fiscal_year, 'project_share_percent', core.percent_of(project, basic + project) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'deviation_percent',
                     core.percent_of(general_expenditure - general_initial_budget, general_initial_budget) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'carry_rate_percent', core.percent_of(closing, opening + income) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'car_cost_each', core.per_unit(running, vehicles) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'reception_per_person', core.per_unit(reception, guests) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'pay_per_head', CASE WHEN staff >= 3 THEN core.per_unit(pay, staff) END FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'sme_percent', core.percent_of(sme, procured) FROM staffed)
SELECT m.department_key, m.fiscal_year, m.measure, m.value,
       CASE WHEN d.level = 'department' AND d.region_code <> '' THEN rank() OVER (among ORDER BY m.value DESC) END,
       CASE WHEN d.level = 'department' AND d.region_code <> '' THEN count(*) OVER among END
FROM measured m
JOIN core.dim_department d USING (department_key)
WHERE m.value IS NOT NULL
WINDOW among AS (PARTITION BY d.region_code, d.level, m.fiscal_year, m.measure)
ORDER BY m.department_key, m.fiscal_year, m.measure;
