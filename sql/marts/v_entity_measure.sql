-- title: 比较用指标 | Measures for comparison
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- question: 各部门的可比指标是多少？ | What are the comparable measures of each department?
-- caution: 混有金额、百分比和单价，按 measure 取一种 | amounts, percents and unit costs stand together: pick one measure
-- column measure: 指标：expenditure、general_expenditure、project_share_percent、deviation_percent、carry_rate_percent、three_public_total、car_cost_each、reception_per_person、running_cost、pay_per_head、procurement_total、sme_percent | expenditure, general_expenditure, project_share_percent, deviation_percent, carry_rate_percent, three_public_total, car_cost_each, reception_per_person, running_cost, pay_per_head, procurement_total or sme_percent
-- column value: 数值 | Value

CREATE VIEW mart.v_entity_measure AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, m.measure, m.value, y.quality_flag
FROM core.fact_entity_measure m
JOIN mart.v_department_year y USING (department_key, fiscal_year);
