-- title: 比较用指标 | Measures for comparison
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- question: 各部门的可比指标是多少？ | What are the comparable measures of each department?
-- example: 偏离度最大的部门？ | Which departments deviate most from their budget?
-- ask: SELECT department_name, fiscal_year, value, number_keys FROM mart.v_entity_measure WHERE measure = 'deviation_percent' ORDER BY abs(value) DESC, 1, 2 LIMIT 10
-- example: 人均公用经费？ | What is public cost per head?
-- ask: SELECT department_name, fiscal_year, value FROM mart.v_entity_measure WHERE measure = 'public_cost_per_head' ORDER BY value DESC, 1, 2
-- caution: 混有金额、百分比和单价，按 measure 取一种 | amounts, percents and unit costs stand together: pick one measure
-- note: measure：expenditure、general_expenditure、project_share_percent、deviation_percent、carry_rate_of_resources、three_public_total、car_cost_each、reception_per_person、running_cost、pay_per_head、public_cost_per_head、procurement_total、sme_percent | measure is one of expenditure, general_expenditure, project_share_percent, deviation_percent, carry_rate_of_resources, three_public_total, car_cost_each, reception_per_person, running_cost, pay_per_head, public_cost_per_head, procurement_total and sme_percent

CREATE VIEW mart.v_entity_measure AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, m.measure, m.unit, m.value,
       m.number_keys, y.series_key, y.quality_flag
FROM core.fact_entity_measure m
JOIN mart.v_department_year y USING (department_key, fiscal_year);
