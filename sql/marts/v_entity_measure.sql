-- title: 比较用指标 | Measures for comparison
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- question: 各部门的可比指标是多少？ | What are the comparable measures of each department?
-- caution: 混有金额、百分比和单价，按 measure 取一种 | amounts, percents and unit costs stand together: pick one measure
-- column measure: 指标：expenditure、general_expenditure、project_share_percent、deviation_percent、carry_rate_percent、three_public_total、car_cost_each、reception_per_person、running_cost、pay_per_head、procurement_total、sme_percent | expenditure, general_expenditure, project_share_percent, deviation_percent, carry_rate_percent, three_public_total, car_cost_each, reception_per_person, running_cost, pay_per_head, procurement_total or sme_percent
-- column value: 数值 | Value

CREATE VIEW mart.v_entity_measure AS
SELECT department_key, fiscal_year, headline AS measure, CAST(value AS DECIMAL(18, 4)) AS value
FROM core.fact_headline
WHERE headline IN ('expenditure', 'general_expenditure', 'three_public_total', 'running_cost', 'procurement_total')
UNION ALL SELECT department_key, fiscal_year, 'project_share_percent', project_share_percent FROM mart.v_basic_project WHERE fund = 'all'
UNION ALL SELECT department_key, fiscal_year, 'deviation_percent', core.percent_of(final_account - initial_budget, initial_budget)
          FROM mart.v_execution WHERE fund = 'general_public_budget'
UNION ALL SELECT department_key, fiscal_year, 'carry_rate_percent', carry_rate_of_resources FROM mart.v_execution WHERE fund = 'all'
UNION ALL SELECT department_key, fiscal_year, 'car_cost_each', car_cost_each FROM mart.v_sangong_unit
UNION ALL SELECT department_key, fiscal_year, 'reception_per_person', reception_per_person FROM mart.v_sangong_unit
UNION ALL SELECT department_key, fiscal_year, 'pay_per_head', pay_per_head FROM mart.v_staff_cost
UNION ALL SELECT department_key, fiscal_year, 'sme_percent', sme_percent FROM mart.v_procurement WHERE kind = 'total';
