-- title: 预算资金收支余 | Funds: what came, went and stayed
-- grain: 一个部门、年度、资金 | one department, fiscal year and fund
-- question: 政府性基金和国有资本经营预算的钱用了多少？ | How much of the government funds and the state capital budget was used?
-- example: 政府性基金用了多少？ | How much of the government funds was used?
-- ask: SELECT department_name, fiscal_year, income, expenditure, use_percent FROM mart.v_fund_usage WHERE fund = 'government_fund' ORDER BY ALL
-- example: 哪里剩得最多？ | Where is most left?
-- ask: SELECT department_name, fiscal_year, fund, closing_balance FROM mart.v_fund_usage ORDER BY closing_balance DESC NULLS LAST, 1, 2, 3 LIMIT 10
-- formula: use_percent = 100 × 支出 / (年初结转 + 收入)；零分母为空 | use_percent = 100 × expenditure / (opening + income); NULL on a zero denominator
-- column use_percent: 使用率（%） | Use in percent

CREATE VIEW mart.v_fund_usage AS
WITH roles(headline, fund, role) AS (
    VALUES ('general_opening_balance', 'general_public_budget', 'opening'), ('fund_opening_balance', 'government_fund',
        'opening'),
           ('capital_opening_balance', 'state_capital', 'opening'),
           ('general_income_of_year', 'general_public_budget', 'income_of_year'), ('fund_income_of_year',
               'government_fund', 'income_of_year'),
           ('capital_income_of_year', 'state_capital', 'income_of_year'),
           ('general_income', 'general_public_budget', 'income'), ('fund_income', 'government_fund', 'income'),
           ('capital_income', 'state_capital', 'income'),
           ('general_expenditure', 'general_public_budget', 'expenditure'), ('fund_expenditure', 'government_fund',
               'expenditure'),
           ('capital_expenditure', 'state_capital', 'expenditure'),
           ('general_closing_balance', 'general_public_budget', 'closing'), ('fund_closing_balance', 'government_fund',
               'closing'),
           ('capital_closing_balance', 'state_capital', 'closing')),
picked AS (
    SELECT department_key, region_code, fiscal_year, fund, core.pick_money(role, value, 'opening') AS opening_balance,
           coalesce(core.pick_money(role, value, 'income_of_year'), core.pick_money(role, value, 'income')) AS income,
           core.pick_money(role, value, 'expenditure') AS expenditure,
           core.pick_money(role, value, 'closing') AS closing_balance,
           core.pick_source(role, value_source, 'expenditure') AS value_source,
           max(document_key) FILTER (role = 'expenditure') AS document_key,
           core.keys_of(figure_key, claim_key) AS number_keys
    FROM core.fact_headline
    JOIN roles USING (headline)
    GROUP BY department_key, region_code, fiscal_year, fund)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.fund, p.opening_balance, p.income,
       p.expenditure,
       p.closing_balance, core.percent_of(p.expenditure, p.opening_balance + p.income) AS use_percent, p.value_source,
           y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
WHERE p.expenditure IS NOT NULL;
