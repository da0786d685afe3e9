-- title: 经济科目年度数 | Economic codes by department and year
-- grain: 一个部门、年度、资金、支出性质、经济科目 | one department, fiscal year, fund, spending kind and economic code
-- update: department_key
-- caution: 类、款并存：求和前按 economic_level 取一级；基本支出表只含一般公共预算的基本支出，不含项目中的人员费用 | classes and groups stand side by side; the basic expenditure table covers basic spending of the general public budget only, not staff paid from projects
-- note: 文字中的经济科目归于其上一句所述的基本支出或项目支出；有该资金该性质的报表时，文字不补科目 | an economic class of a text belongs to the basic or project spending stated before it; where a table of the fund and kind is held, prose adds no code
-- column spending_kind: basic 基本支出、project 项目支出、total 合计 | basic, project or total
-- column final_account: 决算数 | Final account
-- column initial_budget: 年初预算数 | Initial budget
-- column half_unit: 决算数的印刷精度：末位数字的半个单位 | Printed precision of the final account: half of its last printed digit
-- column number_keys: 决算数所在的数字（figure_key 或 claim_key，以空格分隔） | Numbers of the final account, as figure or claim keys separated by blanks
-- column economic_level: 级次：class 类、group 款 | class (类) or group (款)

CREATE TABLE core.fact_economic_year (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    fund VARCHAR NOT NULL,
    spending_kind VARCHAR NOT NULL CHECK (spending_kind IN ('basic', 'project', 'total')),
    economic_code VARCHAR NOT NULL,
    economic_level VARCHAR NOT NULL,
    final_account DECIMAL(28, 2),
    initial_budget DECIMAL(28, 2),
    half_unit DECIMAL(28, 8),
    number_keys VARCHAR,
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
           CASE WHEN report_table LIKE '%basic' THEN 'basic' WHEN report_table LIKE '%project' THEN 'project'
               ELSE 'total' END AS spending_kind,
           economic_code, phase, row_role,
           CASE WHEN component IN ('total', 'economic', 'basic', 'project') THEN 'whole' ELSE 'part' END AS extent,
           amount_yuan, half_unit, figure_key
    FROM core.fact_amount
    WHERE is_current AND fiscal_year IS NOT NULL AND economic_code IS NOT NULL AND function_code IS NULL
        AND amount_yuan IS NOT NULL
      AND report_table IN ('general_budget_basic', 'fiscal_basic', 'government_fund_basic', 'general_budget_project',
                           'general_budget_expenditure_detail', 'fiscal_expenditure_detail')),
amounts AS (
    SELECT department_key, fiscal_year, fund, spending_kind, economic_code, max(document_key) AS document_key,
           max(row(amount_yuan, figure_key, half_unit)) FILTER (phase = 'final_account' AND extent = 'whole')
               AS final_cell,
           sum(amount_yuan) FILTER (phase = 'final_account' AND extent = 'part') AS final_parts,
           sum(half_unit) FILTER (phase = 'final_account' AND extent = 'part') AS half_parts,
           coalesce(max(amount_yuan) FILTER (phase = 'initial_budget' AND extent = 'whole'),
                    sum(amount_yuan) FILTER (phase = 'initial_budget' AND extent = 'part')) AS initial_budget,
           string_agg(figure_key, ' ' ORDER BY figure_key) FILTER (phase = 'final_account' AND extent = 'part')
               AS part_keys
    FROM cells
    GROUP BY department_key, fiscal_year, fund, spending_kind, economic_code),
from_tables AS (
    SELECT department_key, fiscal_year, fund, spending_kind, economic_code, document_key, initial_budget,
           coalesce(final_cell[1], final_parts) AS final_account,
           CASE WHEN final_cell[1] IS NOT NULL THEN final_cell[3] ELSE half_parts END AS half_unit,
           CASE WHEN final_cell[1] IS NOT NULL THEN final_cell[2] ELSE part_keys END AS number_keys
    FROM amounts),
-- The economic classes of a text follow the sentence that states whose they are: basic or project spending, of which fund.
heads AS (
    SELECT document_key, section, 1000000 * CAST(line_number AS BIGINT) + char_start AS place, nullif(fund, '') AS fund,
           CASE WHEN item LIKE '%项目支出' THEN 'project' ELSE 'basic' END AS spending_kind
    FROM core.fact_claim
    WHERE is_current AND measure = 'final_account' AND amount_yuan IS NOT NULL
      AND (item LIKE '%基本支出' OR item LIKE '%项目支出')),
named AS (
    SELECT c.document_key, c.department_key, c.fiscal_year, c.section, c.fund, c.economic_code, c.measure,
           c.amount_yuan,
           c.half_unit, c.line_number, c.char_start, c.claim_key,
           1000000 * CAST(c.line_number AS BIGINT) + c.char_start AS place,
           coalesce(c.economic_code, e.economic_code) AS code
    FROM core.fact_claim c
    LEFT JOIN core.dim_economic_year e
           ON e.fiscal_year = c.fiscal_year AND e.economic_name = c.item AND length(e.economic_code) = 3
    WHERE c.is_current AND c.fiscal_year IS NOT NULL AND c.amount_yuan IS NOT NULL AND c.function_code IS NULL
      AND c.claim_kind <> 'template_remnant' AND (c.stated_year IS NULL OR c.stated_year = c.fiscal_year)
      AND c.measure IN ('final_account', 'initial_budget')),
stated AS (
    SELECT n.department_key, n.fiscal_year, coalesce(h.fund, nullif(n.fund, ''), 'general_public_budget') AS fund,
           coalesce(h.spending_kind, CASE WHEN n.section = 'project_expenditure' THEN 'project' ELSE 'basic' END)
               AS spending_kind,
           n.code AS economic_code, n.document_key, n.measure, n.amount_yuan, n.half_unit, n.line_number, n.char_start,
           n.claim_key
    FROM named n
    ASOF LEFT JOIN heads h ON h.document_key = n.document_key AND h.section = n.section AND h.place <= n.place
    WHERE n.code IS NOT NULL AND (n.economic_code IS NOT NULL OR h.place IS NOT NULL)),
finest AS (
    -- A window sorts, and sorting goes to disk where memory is short; states of an aggregate over three columns do not.
    SELECT * FROM stated
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, fund, spending_kind, economic_code, measure
        ORDER BY half_unit, line_number, char_start) = 1),
from_prose AS (
    SELECT department_key, fiscal_year, fund, spending_kind, economic_code, max(document_key) AS document_key,
           max(amount_yuan) FILTER (measure = 'final_account') AS final_account,
           max(amount_yuan) FILTER (measure = 'initial_budget') AS initial_budget,
           max(half_unit) FILTER (measure = 'final_account') AS half_unit,
           max(claim_key) FILTER (measure = 'final_account') AS number_keys
    FROM finest
    GROUP BY ALL),
-- A table of the fund and kind is complete: prose adds budgets to its codes, and no code.
listed AS (
    SELECT DISTINCT department_key, fiscal_year, fund, spending_kind FROM from_tables),
beside_tables AS (
    SELECT p.*, l.department_key IS NOT NULL AND t.economic_code IS NULL AS is_unlisted
    FROM from_prose p
    LEFT JOIN listed l USING (department_key, fiscal_year, fund, spending_kind)
    LEFT JOIN from_tables t USING (department_key, fiscal_year, fund, spending_kind, economic_code))
SELECT department_key, fiscal_year, fund, spending_kind, economic_code,
       CASE WHEN length(economic_code) <= 3 THEN 'class' ELSE 'group' END,
       coalesce(t.final_account, p.final_account), coalesce(t.initial_budget, p.initial_budget),
       CASE WHEN t.final_account IS NOT NULL THEN t.half_unit ELSE p.half_unit END,
       CASE WHEN t.final_account IS NOT NULL THEN t.number_keys ELSE p.number_keys END,
       CASE WHEN t.final_account IS NOT NULL THEN 'table' ELSE 'prose' END, coalesce(t.document_key, p.document_key)
FROM from_tables t
FULL JOIN (FROM beside_tables WHERE NOT is_unlisted) p
    USING (department_key, fiscal_year, fund, spending_kind, economic_code)
WHERE coalesce(t.final_account, t.initial_budget, p.final_account, p.initial_budget) IS NOT NULL
ORDER BY department_key, fiscal_year, fund, spending_kind, economic_code;
