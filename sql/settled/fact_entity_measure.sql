-- title: 比较用指标 | Measures for comparison
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- update: department_key, region_code
-- formula: 项目占比 = 项目/(基本+项目)；偏离度 = (一般公共预算决算−年初预算)/年初预算；结转率 = 年末/(年初+收入)；车均 = 运行费/保有量；人均接待 = 接待费/人次；人均工资 = 301/在职；人均公用 = 公用经费/在职；均在零分母时不列 | project share = project/(basic+project); deviation = (general public budget final − initial)/initial; carry-over rate = closing/(opening+income); per vehicle, per guest and per head as named; no row on a zero denominator
-- caution: 混有金额、百分比和单价，按 measure 取一种 | amounts, percents and unit costs stand together: pick one measure
-- column measure: 指标名 | Name of the measure
-- column value: 数值：元或百分数 | Value, in yuan or percent
-- column unit: 元 或 % | 元 or %
-- column number_keys: 所用数字（figure_key 或 claim_key，以空格分隔） | Numbers it rests on, as figure or claim keys separated by blanks
-- column rank_in_region: 本级政府各部门中的名次（从大到小）；单位与地区未知的为空 | Rank among the departments of its government, from the largest; NULL for units and where the region is unknown
-- column departments: 参加排名的部门数 | Departments ranked

CREATE TABLE core.fact_entity_measure (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    value DECIMAL(28, 4) NOT NULL,
    rank_in_region BIGINT,
    departments BIGINT,
    number_keys VARCHAR,
    PRIMARY KEY (department_key, fiscal_year, measure)
);

INSERT INTO core.fact_entity_measure
WITH picked AS (
    SELECT department_key, fiscal_year, core.pick_money(headline, value, 'basic') AS basic,
           core.pick_money(headline, value, 'project') AS project,
           core.pick_money(headline, value, 'general_expenditure') AS general_expenditure,
           core.pick_money(headline, value, 'general_initial_budget') AS general_initial_budget,
           core.pick_money(headline, value, 'opening_balance') AS opening,
           core.pick_money(headline, value, 'income') AS income,
           core.pick_money(headline, value, 'closing_balance') AS closing,
           core.pick_money(headline, value, 'three_public_vehicle_running') AS running,
           core.pick_count(headline, value, 'vehicles_kept') AS vehicles,
           core.pick_money(headline, value, 'three_public_reception') AS reception,
           core.pick_count(headline, value, 'reception_persons') AS guests,
           core.pick_money(headline, value, 'basic_public') AS public_cost
    FROM core.fact_headline
    GROUP BY department_key, fiscal_year),
staffed AS (
    SELECT p.*, y.staff, e.final_account AS pay, m.sme_amount AS sme, m.total AS procured
    FROM picked p
    LEFT JOIN core.fact_staff y USING (department_key, fiscal_year)
    LEFT JOIN core.fact_sme m USING (department_key, fiscal_year)
    LEFT JOIN core.fact_economic_year e
           ON e.department_key = p.department_key AND e.fiscal_year = p.fiscal_year AND e.fund = 'general_public_budget'
          AND e.spending_kind = 'basic' AND e.economic_code = '301'),
measured AS (
    SELECT department_key, fiscal_year, headline AS measure, CAST(value AS DECIMAL(28, 4)) AS value
    FROM core.fact_headline
    WHERE headline IN ('expenditure', 'general_expenditure', 'three_public_total', 'running_cost', 'procurement_total')
    UNION ALL SELECT department_key, fiscal_year, 'project_share_percent', core.percent_of(project, basic + project)
        FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'deviation_percent',
                     core.percent_of(general_expenditure - general_initial_budget, general_initial_budget) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'carry_rate_of_resources', core.percent_of(closing, opening + income)
        FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'car_cost_each', core.per_unit(running, vehicles) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'reception_per_person', core.per_unit(reception, guests) FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'pay_per_head', CASE WHEN staff >= 3 THEN core.per_unit(pay,
        staff) END FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'public_cost_per_head', CASE WHEN staff >= 3
        THEN core.per_unit(public_cost, staff) END
              FROM staffed
    UNION ALL SELECT department_key, fiscal_year, 'sme_percent', core.percent_of(sme, procured) FROM staffed),
rests_on(measure, headline) AS (
    VALUES ('project_share_percent', 'basic'), ('project_share_percent', 'project'), ('deviation_percent',
        'general_expenditure'),
           ('deviation_percent', 'general_initial_budget'), ('carry_rate_of_resources', 'closing_balance'),
               ('carry_rate_of_resources', 'opening_balance'),
           ('carry_rate_of_resources', 'income'), ('car_cost_each', 'three_public_vehicle_running'), ('car_cost_each',
               'vehicles_kept'),
           ('reception_per_person', 'three_public_reception'), ('reception_per_person', 'reception_persons'),
           ('public_cost_per_head', 'basic_public'), ('public_cost_per_head', 'actual_administrative'),
           ('pay_per_head', 'actual_administrative'), ('sme_percent', 'procurement_sme'), ('sme_percent',
               'procurement_total'),
           ('expenditure', 'expenditure'), ('general_expenditure', 'general_expenditure'), ('three_public_total',
               'three_public_total'),
           ('running_cost', 'running_cost'), ('procurement_total', 'procurement_total')),
keyed AS (
    SELECT h.department_key, h.fiscal_year, r.measure,
           string_agg(coalesce(h.figure_key, h.claim_key), ' ' ORDER BY h.headline) AS number_keys
    FROM core.fact_headline h JOIN rests_on r USING (headline)
    GROUP BY h.department_key, h.fiscal_year, r.measure)
SELECT m.department_key, m.fiscal_year, m.measure,
       CASE WHEN m.measure LIKE '%percent' OR m.measure = 'carry_rate_of_resources' THEN '%' ELSE '元' END, m.value,
       CASE WHEN d.level = 'department' AND d.region_code <> '' THEN rank() OVER (among ORDER BY m.value DESC) END,
       CASE WHEN d.level = 'department' AND d.region_code <> '' THEN count(*) OVER among END, k.number_keys
FROM measured m
JOIN core.dim_department d USING (department_key)
LEFT JOIN keyed k USING (department_key, fiscal_year, measure)
WHERE m.value IS NOT NULL
WINDOW among AS (PARTITION BY d.region_code, d.level, m.fiscal_year, m.measure)
ORDER BY m.department_key, m.fiscal_year, m.measure;
