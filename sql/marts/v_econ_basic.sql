-- title: 基本支出经济分类 | Basic expenditure by economic class
-- grain: 一个部门、年度、资金、经济科目（类或款） | one department, fiscal year, fund and economic code (类 or 款)
-- question: 基本支出花在工资、办公还是补助上？ | Is basic spending pay, office cost or subsidies?
-- example: 某部门基本支出花在哪里？ | What does basic spending of one department go to?
-- ask: SELECT economic_code, economic_name, final_account, share_percent FROM mart.v_econ_basic WHERE department_name LIKE '%应急管理局' AND fiscal_year = 2023 AND economic_level = 'class' ORDER BY ALL
-- example: 工资福利支出增长最快的部门？ | Where did pay grow fastest?
-- ask: SELECT department_name, fiscal_year, change_percent FROM mart.v_econ_basic WHERE economic_code = '301' ORDER BY change_percent DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: share_percent = 100 × 科目 / 同级各科目之和 | share_percent = 100 × code / sum of the codes of its level
-- caution: 只含基本支出：项目里支付的人员费用不在内 | basic spending only: staff paid from projects are not in it
-- column economic_level: 级次：class 类、group 款 | class (类) or group (款)

CREATE VIEW mart.v_econ_basic AS
WITH names AS (
    SELECT fiscal_year, economic_code, economic_name FROM core.dim_economic_year),
basics AS (
    SELECT *, sum(final_account) OVER (PARTITION BY department_key, fiscal_year, fund, economic_level) AS total
    FROM core.fact_economic_year WHERE spending_kind = 'basic')
SELECT y.department_key, y.department_name, y.region_code, y.level, b.fiscal_year, b.fund, b.economic_level,
       b.economic_code,
       n.economic_name, b.final_account, b.initial_budget, core.percent_of(b.final_account, b.total) AS share_percent,
       p.final_account AS prior_final_account, core.percent_of(b.final_account - p.final_account,
           p.final_account) AS change_percent,
       b.value_source, y.series_key, y.quality_flag, b.number_keys, b.document_key
FROM basics b
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN names n ON n.economic_code = b.economic_code AND n.fiscal_year = b.fiscal_year
LEFT JOIN core.fact_economic_year p
       ON p.department_key = y.prior_department_key AND p.fiscal_year = b.fiscal_year - 1 AND p.fund = b.fund
      AND p.spending_kind = b.spending_kind AND p.economic_code = b.economic_code;
