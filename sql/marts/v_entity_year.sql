-- title: 部门年度概览 | Department year at a glance
-- money: total_resources, income, expenditure, opening_balance, closing_balance, general_expenditure, fund_expenditure, capital_expenditure, basic, project, expenditure_per_resident, real_expenditure
-- grain: 一个部门或单位、一个年度 | one department or unit and fiscal year
-- question: 收多少、支多少、结余多少，钱从哪来？ | What came in, what went out, what is left, and where did it come from?
-- example: 某部门历年收支？ | What came in and went out of one department, year by year?
-- ask: SELECT fiscal_year, income, expenditure, closing_balance FROM mart.v_entity_year WHERE department_name LIKE '%应急管理局' ORDER BY ALL
-- example: 支出最多的十个部门？ | Which ten departments spend most?
-- ask: SELECT department_name, fiscal_year, expenditure FROM mart.v_entity_year WHERE level = 'department' ORDER BY expenditure DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: fiscal_share_percent = 100 × 财政拨款收入 / 本年收入合计 | fiscal_share_percent = 100 × fiscal appropriation / income of the year
-- caution: 部门数包含所属单位，不可与单位行相加 | a department's row contains its units': never add the two levels
-- column total_resources: 收入总计 | Total resources
-- column general_expenditure: 一般公共预算财政拨款支出 | General public budget expenditure
-- column fund_expenditure: 政府性基金预算支出 | Government fund expenditure
-- column fiscal_share_percent: 财政拨款占收入（%） | Fiscal appropriation in percent of income
-- column expenditure_per_resident: 人均支出（元，需参考指标） | Expenditure per resident in yuan, NULL without population
-- column real_expenditure: 不变价支出（需价格指数） | Expenditure at base-year prices, NULL without deflator

CREATE VIEW mart.v_entity_year AS
WITH picked AS (
    SELECT department_key, region_code, fiscal_year,
           core.pick_money(headline, value, 'total_resources') AS total_resources,
           core.pick_money(headline, value, 'income') AS income,
           core.pick_money(headline, value, 'expenditure') AS expenditure,
           core.pick_money(headline, value, 'opening_balance') AS opening_balance,
           core.pick_money(headline, value, 'closing_balance') AS closing_balance,
           core.pick_money(headline, value, 'general_expenditure') AS general_expenditure,
           core.pick_money(headline, value, 'fund_expenditure') AS fund_expenditure,
           core.pick_money(headline, value, 'capital_expenditure') AS capital_expenditure,
           core.pick_money(headline, value, 'basic') AS basic,
           core.pick_money(headline, value, 'project') AS project,
           core.pick_money(headline, value, 'income_fiscal') AS income_fiscal,
           core.pick_source(headline, value_source, 'expenditure') AS value_source,
           core.doubtful(headline, doubt) AS doubtful, core.keys_of(figure_key, claim_key) AS number_keys
    FROM core.fact_headline
    WHERE headline IN ('total_resources', 'income', 'expenditure', 'opening_balance', 'closing_balance',
                       'general_expenditure', 'fund_expenditure', 'capital_expenditure', 'basic', 'project',
                           'income_fiscal')
    GROUP BY department_key, region_code, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.region_name, y.level, y.sector, y.fiscal_year,
       p.total_resources,
       p.income, p.expenditure, p.opening_balance, p.closing_balance, p.general_expenditure, p.fund_expenditure,
       p.capital_expenditure, p.basic, p.project, core.percent_of(p.income_fiscal, p.income) AS fiscal_share_percent,
       core.per_unit(p.expenditure, y.population) AS expenditure_per_resident,
       core.per_unit(100 * p.expenditure, y.deflator) AS real_expenditure,
       p.value_source, p.doubtful, y.series_key, y.quality_flag, p.number_keys, y.workbook_document_key,
       y.text_document_key
FROM mart.v_department_year y
LEFT JOIN picked p USING (department_key, region_code, fiscal_year);
