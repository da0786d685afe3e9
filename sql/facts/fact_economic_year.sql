-- title: 经济科目年度数 | Economic codes by department and year
-- grain: 一个部门、年度、资金、支出性质、经济科目 | one department, fiscal year, fund, spending kind and economic code
-- update: department_key
-- caution: 类、款并存：求和前按 economic_level 取一级；基本支出表只含一般公共预算的基本支出，不含项目中的人员费用 | classes and groups stand side by side; the basic expenditure table covers basic spending of the general public budget only, not staff paid from projects
-- column spending_kind: basic 基本支出、project 项目支出、total 合计 | basic, project or total
-- column final_account: 决算数 | Final account
-- column initial_budget: 年初预算数 | Initial budget
-- column economic_level: 级次：class 类、group 款 | class (类) or group (款)

CREATE TABLE core.fact_economic_year (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    fund VARCHAR NOT NULL,
    spending_kind VARCHAR NOT NULL CHECK (spending_kind IN ('basic', 'project', 'total')),
    economic_code VARCHAR NOT NULL,
    economic_level VARCHAR NOT NULL,
    final_account DECIMAL(18, 2),
    initial_budget DECIMAL(18, 2),
    value_source VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL
);

INSERT INTO core.fact_economic_year
WITH cells AS (
    SELECT department_key, fiscal_year, document_key,
           CASE WHEN report_table = 'fiscal_basic' THEN 'fiscal'
                WHEN report_table = 'government_fund_basic' THEN 'government_fund'
                WHEN report_table = 'fiscal_expenditure_detail' THEN 'fiscal'
                ELSE 'general_public_budget' END AS fund,
           CASE WHEN report_table LIKE '%basic' THEN 'basic' WHEN report_table LIKE '%project' THEN 'project' ELSE 'total' END AS spending_kind,
           economic_code, phase, row_role,
           CASE WHEN component IN ('total', 'economic', 'basic', 'project') THEN 'whole' ELSE 'part' END AS extent,
           amount_yuan
    FROM core.fact_amount
    WHERE is_current AND fiscal_year IS NOT NULL AND economic_code IS NOT NULL AND function_code IS NULL AND amount_yuan IS NOT NULL
      AND report_table IN ('general_budget_basic', 'fiscal_basic', 'government_fund_basic', 'general_budget_project',
                           'general_budget_expenditure_detail', 'fiscal_expenditure_detail')),
from_tables AS (
    SELECT department_key, fiscal_year, fund, spending_kind, economic_code, max(document_key) AS document_key,
           coalesce(max(amount_yuan) FILTER (phase = 'final_account' AND extent = 'whole'),
                    sum(amount_yuan) FILTER (phase = 'final_account' AND extent = 'part')) AS final_account,
           coalesce(max(amount_yuan) FILTER (phase = 'initial_budget' AND extent = 'whole'),
                    sum(amount_yuan) FILTER (phase = 'initial_budget' AND extent = 'part')) AS initial_budget
    FROM cells
    GROUP BY department_key, fiscal_year, fund, spending_kind, economic_code),
stated AS (
    SELECT department_key, fiscal_year, CASE WHEN fund = '' THEN 'general_public_budget' ELSE fund END AS fund,
           CASE WHEN contains(split_part(section_path, '/', -1), '项目支出') AND NOT contains(split_part(section_path, '/', -1), '基本支出')
                  OR contains(sentence, '项目支出') AND NOT contains(sentence, '基本支出')
                THEN 'project' ELSE 'basic' END AS spending_kind,
           economic_code, document_key, measure, amount_yuan, half_unit, line_number, char_start
    FROM core.fact_claim
    WHERE is_current AND fiscal_year IS NOT NULL AND economic_code IS NOT NULL AND amount_yuan IS NOT NULL AND function_code IS NULL
      AND claim_kind <> 'template_remnant' AND (stated_year IS NULL OR stated_year = fiscal_year)
      AND measure IN ('final_account', 'initial_budget')),
finest AS (
    -- A window sorts, and sorting goes to disk where memory is short; the states of arg_min over three columns do not.
    SELECT * FROM stated
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, fund, spending_kind, economic_code, measure ORDER BY half_unit, line_number, char_start) = 1),
from_prose AS (
    SELECT department_key, fiscal_year, fund, spending_kind, economic_code, max(document_key) AS document_key,
           max(amount_yuan) FILTER (measure = 'final_account') AS final_account,
           max(amount_yuan) FILTER (measure = 'initial_budget') AS initial_budget
    FROM finest
    GROUP BY ALL)
SELECT department_key, fiscal_year, fund, spending_kind, economic_code,
       CASE WHEN length(economic_code) <= 3 THEN 'class' ELSE 'group' END,
       coalesce(t.final_account, p.final_account), coalesce(t.initial_budget, p.initial_budget),
       CASE WHEN t.final_account IS NOT NULL THEN 'table' ELSE 'prose' END, coalesce(t.document_key, p.document_key)
FROM from_tables t
FULL JOIN from_prose p USING (department_key, fiscal_year, fund, spending_kind, economic_code)
WHERE coalesce(t.final_account, t.initial_budget, p.final_account, p.initial_budget) IS NOT NULL
ORDER BY department_key, fiscal_year, fund, spending_kind, economic_code;
