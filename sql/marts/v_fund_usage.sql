-- title: 预算资金收支余 | Funds: what came, went and stayed
-- grain: 一个部门、年度、资金 | one department, fiscal year and fund
-- question: 政府性基金和国有资本经营预算的钱用了多少？ | How much of the government funds and the state capital budget was used?
-- formula: use_percent = 100 × 支出 / (年初结转 + 收入)；零分母为空 | use_percent = 100 × expenditure / (opening + income); NULL on a zero denominator
-- column opening_balance: 年初结转和结余 | Balance brought forward
-- column income: 本年收入 | Income
-- column expenditure: 本年支出 | Expenditure
-- column closing_balance: 年末结转和结余 | Balance carried forward
-- column use_percent: 使用率（%） | Use in percent

CREATE VIEW mart.v_fund_usage AS
WITH picked AS (
    SELECT department_key, fiscal_year, fund,
           core.pick_money(headline, value, prefix || '_opening_balance') AS opening_balance,
           coalesce(core.pick_money(headline, value, prefix || '_income_of_year'), core.pick_money(headline, value, prefix || '_income')) AS income,
           core.pick_money(headline, value, prefix || '_expenditure') AS expenditure,
           core.pick_money(headline, value, prefix || '_closing_balance') AS closing_balance,
           core.pick_source(headline, value_source, prefix || '_expenditure') AS value_source,
           max(document_key) FILTER (headline = prefix || '_expenditure') AS document_key
    FROM core.fact_headline
    CROSS JOIN (VALUES ('general_public_budget', 'general'), ('government_fund', 'fund'), ('state_capital', 'capital')) AS f(fund, prefix)
    GROUP BY department_key, fiscal_year, fund, prefix)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.fund, p.opening_balance, p.income, p.expenditure,
       p.closing_balance, core.percent_of(p.expenditure, p.opening_balance + p.income) AS use_percent, p.value_source, y.quality_flag,
       p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, fiscal_year)
WHERE p.expenditure IS NOT NULL;
