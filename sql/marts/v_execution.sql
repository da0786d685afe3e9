-- title: 预算执行与结转 | Execution and carry-over
-- grain: 一个部门、年度、资金（all 全部、general_public_budget） | one department, fiscal year and fund (all or general_public_budget)
-- question: 预算执行了多少，结转了多少？ | How much of the budget was executed, how much carried over?
-- example: 执行率最低的部门？ | Where is execution lowest?
-- ask: SELECT department_name, fiscal_year, execution_percent FROM mart.v_execution WHERE fund = 'general_public_budget' ORDER BY execution_percent NULLS LAST, 1, 2 LIMIT 10
-- example: 结转最多的部门？ | Who carries over most?
-- ask: SELECT department_name, fiscal_year, closing_balance, carry_rate_of_resources FROM mart.v_execution WHERE fund = 'all' ORDER BY carry_rate_of_resources DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: execution_percent = 100 × 决算 / 全年预算；carry_rate_of_resources = 100 × 年末结转 / (年初结转 + 本年收入)；另给以全年预算、本年支出为分母的两种 | execution_percent = 100 × final / full-year budget; carry_rate_of_resources = 100 × closing / (opening + income); the two other denominators in use are given too
-- caution: 三种结转率口径并存，引用时须写明分母 | three carry-over rates are in use: name the denominator when quoting one
-- column carry_rate_of_resources: 结转率（占总资源，%） | Carry-over in percent of resources
-- column carry_rate_of_budget: 结转率（占全年预算，%） | Carry-over in percent of the full-year budget
-- column carry_rate_of_expenditure: 结转率（占支出，%） | Carry-over in percent of expenditure

CREATE VIEW mart.v_execution AS
WITH picked AS (
    SELECT department_key, region_code, fiscal_year, 'all' AS fund, max(document_key)
           FILTER (headline = 'expenditure') AS document_key,
           core.pick_money(headline, value, 'total_initial_budget') AS initial_budget,
           core.pick_money(headline, value, 'total_annual_budget') AS annual_budget,
           core.pick_money(headline, value, 'expenditure') AS expenditure,
           core.pick_money(headline, value, 'opening_balance') AS opening_balance,
           core.pick_money(headline, value, 'income') AS income,
           core.pick_money(headline, value, 'closing_balance') AS closing_balance,
           core.pick_source(headline, value_source, 'expenditure') AS value_source,
           core.doubtful(headline, doubt) AS doubtful, core.keys_of(figure_key, claim_key) AS number_keys
    FROM core.fact_headline
    WHERE headline IN ('expenditure', 'total_initial_budget', 'total_annual_budget', 'opening_balance', 'income',
        'closing_balance')
    GROUP BY department_key, region_code, fiscal_year
    UNION ALL
    SELECT department_key, region_code, fiscal_year, 'general_public_budget',
           max(document_key) FILTER (headline = 'general_expenditure'),
           core.pick_money(headline, value, 'general_initial_budget'),
           core.pick_money(headline, value, 'general_annual_budget'),
           core.pick_money(headline, value, 'general_expenditure'),
           core.pick_money(headline, value, 'general_opening_balance'),
           core.pick_money(headline, value, 'general_income'),
           core.pick_money(headline, value, 'general_closing_balance'),
           core.pick_source(headline, value_source, 'general_expenditure'), core.doubtful(headline, doubt),
           core.keys_of(figure_key, claim_key)
    FROM core.fact_headline
    WHERE headline IN ('general_expenditure', 'general_initial_budget', 'general_annual_budget',
        'general_opening_balance',
                       'general_income', 'general_closing_balance')
    GROUP BY department_key, region_code, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.fund, p.initial_budget,
       p.annual_budget,
       p.expenditure, core.percent_of(p.expenditure, p.annual_budget) AS execution_percent, p.opening_balance,
           p.income,
       p.closing_balance, core.percent_of(p.closing_balance, p.opening_balance + p.income) AS carry_rate_of_resources,
       core.percent_of(p.closing_balance, p.annual_budget) AS carry_rate_of_budget,
       core.percent_of(p.closing_balance, p.expenditure) AS carry_rate_of_expenditure, p.value_source, p.doubtful,
           y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
WHERE p.expenditure IS NOT NULL;
