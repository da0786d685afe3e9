-- title: 功能科目年度数 | Functional codes by department and year
-- grain: 一个部门、年度、资金、功能科目 | one department, fiscal year, fund and functional code
-- update: department_key
-- caution: 类、款、项并存：求和前按 function_level 取一级；fund 之间有包含关系 | classes, groups and items stand side by side: pick one function_level before adding; funds contain each other
-- note: 决算先取报表；年初、全年预算取报表，无则取文字，再无则由所述差额推算 | final accounts from tables first; budgets from tables, else prose, else derived from the stated difference
-- note: 有该资金该级次的报表时，表中没有的科目不由文字补入（文字所述零决算除外） | where a table lists the codes of a fund and level, prose adds no code to it (other than one it says nothing was spent on)
-- note: 只有文字时，文字未述的类由其各款相加，所有的类合起来须等于一般公共预算支出 | where only a text is held, a class it leaves out is the sum of its groups, provided that all classes then add up to general budget expenditure
-- column final_account: 决算数 | Final account
-- column basic: 其中基本支出 | Of which basic expenditure
-- column project: 其中项目支出 | Of which project expenditure
-- column initial_budget: 年初预算数 | Initial budget
-- column annual_budget: 全年预算数 | Full-year budget
-- column final_source: 决算数来源：table、prose、derived | Source of the final account: table, prose or derived
-- column budget_source: 预算数来源：table、prose、derived | Source of the budget: table, prose or derived
-- column figure_key: 决算数所在的报表数 | Figure of the final account
-- column claim_key: 决算数所在的文字数 | Claim of the final account
-- column budget_key: 年初预算（没有则全年预算）所在的数字 | Figure or claim of the initial budget, else of the full-year budget
-- column report_table: 所取报表；文字为空 | Report table it is taken from; empty for prose

CREATE TABLE core.fact_function_year (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    fund VARCHAR NOT NULL,
    function_code VARCHAR NOT NULL,
    function_level VARCHAR NOT NULL,
    final_account DECIMAL(28, 2),
    basic DECIMAL(28, 2),
    project DECIMAL(28, 2),
    initial_budget DECIMAL(28, 2),
    annual_budget DECIMAL(28, 2),
    final_source VARCHAR,
    budget_source VARCHAR,
    figure_key VARCHAR,
    claim_key VARCHAR,
    budget_key VARCHAR,
    report_table VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL
);

-- Three statements, for what one of them holds is given back when it ends: together they need memory that grows with the
-- departments, apart each goes to disk where memory is short.
CREATE TEMP TABLE function_in_tables AS
WITH table_rank AS (
    SELECT report_table, sort_order + CASE WHEN report_table LIKE '%summary' THEN 1000 ELSE 0 END AS rank
    FROM core.dim_report_table),
cells AS (
    SELECT a.department_key, a.fiscal_year, a.fund, a.function_code, a.report_table, a.document_key, r.rank,
           max(row(a.amount_yuan, a.sheet_number, a.cell)) FILTER (a.phase = 'final_account' AND a.component = 'total')
               AS final_cell,
           max(a.amount_yuan) FILTER (a.phase = 'final_account' AND a.component = 'basic') AS basic,
           max(a.amount_yuan) FILTER (a.phase = 'final_account' AND a.component = 'project') AS project,
           max(row(a.amount_yuan, a.sheet_number, a.cell)) FILTER (a.phase = 'initial_budget' AND a.component = 'total')
               AS initial_cell,
           max(row(a.amount_yuan, a.sheet_number, a.cell)) FILTER (a.phase = 'annual_budget' AND a.component = 'total')
               AS annual_cell
    FROM core.fact_amount a
    JOIN table_rank r USING (report_table)
    WHERE a.is_current AND a.fiscal_year IS NOT NULL AND a.function_code IS NOT NULL AND a.economic_code IS NULL
      AND a.flow = 'expenditure' AND a.component IN ('total', 'basic', 'project')
    GROUP BY ALL),
preferred AS (
    SELECT * FROM cells
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, fund, function_code
        ORDER BY (final_cell[1] IS NULL), rank, document_key) = 1)
SELECT department_key, fiscal_year, fund, function_code, report_table, document_key, basic, project,
       final_cell[1] AS final_account, initial_cell[1] AS initial_budget, annual_cell[1] AS annual_budget,
       document_key || '/' || final_cell[2] || '/' || final_cell[3] AS figure_key,
       document_key || '/' || coalesce(initial_cell, annual_cell)[2] || '/'
       || coalesce(initial_cell, annual_cell)[3]
           AS budget_key
FROM preferred;

CREATE TEMP TABLE function_settled AS
WITH
-- A total labelled as one of its classes: the sum of the classes holds without it.
mislabelled AS (
    SELECT DISTINCT c.document_key, c.function_code, c.amount_yuan
    FROM core.fact_claim c
    JOIN core.fact_doubt d ON d.number_key = c.document_key || '/' || c.line_number || ':' || c.char_start
        AND NOT d.is_rate
    JOIN core.fact_headline h
      ON h.department_key = c.department_key AND h.fiscal_year = c.fiscal_year AND h.headline = 'general_expenditure'
     AND abs(h.value - c.amount_yuan) <= h.half_unit + c.half_unit
    WHERE c.is_current AND c.measure = 'final_account' AND c.function_code IS NOT NULL AND c.amount_yuan <> 0
      AND abs(d.difference - d.weight * c.amount_yuan) <= coalesce(d.allowed, 0) + c.half_unit),
-- 灾害防治与应急管理支出 is 灾害防治及应急管理支出: names that differ in an 与, 及 or 和 alone.
named AS (
    SELECT fiscal_year, replace(replace(function_name, '与', '及'), '和', '及') AS name, min(function_code) AS function_code
    FROM core.dim_function_year WHERE function_level = 'class' AND is_known AND is_in_force
    GROUP BY ALL HAVING count(*) = 1),
claims AS (
    SELECT c.department_key, c.fiscal_year, c.document_key, c.is_current, c.fund, c.measure, c.basis, c.claim_kind,
           c.stated_year,
           c.amount_yuan, c.half_unit, c.line_number, c.char_start, c.function_code, c.claim_key
    FROM core.fact_claim c
    WHERE c.function_code IS NOT NULL
    UNION ALL
    SELECT c.department_key, c.fiscal_year, c.document_key, c.is_current, c.fund, c.measure, c.basis, c.claim_kind,
           c.stated_year,
           c.amount_yuan, c.half_unit, c.line_number, c.char_start, n.function_code, c.claim_key
    FROM core.fact_claim c
    JOIN named n ON n.fiscal_year = c.fiscal_year AND n.name = replace(replace(c.item, '与', '及'), '和', '及')
    WHERE c.function_code IS NULL AND c.economic_code IS NULL AND c.line IS NULL),
stated AS (
    SELECT c.department_key, c.fiscal_year, c.document_key, c.function_code,
           CASE WHEN c.fund IN ('', 'fiscal') THEN coalesce(d.fund, 'general_public_budget') ELSE c.fund END AS fund,
           c.measure, c.basis, c.amount_yuan, c.half_unit, c.line_number, c.char_start, c.claim_key
    FROM claims c
    ANTI JOIN mislabelled m
      ON m.document_key = c.document_key AND m.function_code = c.function_code AND m.amount_yuan = c.amount_yuan
    LEFT JOIN (SELECT function_code, min(fund) AS fund FROM core.dim_function
        GROUP BY function_code) d USING (function_code)
    WHERE c.is_current AND c.fiscal_year IS NOT NULL AND c.function_code IS NOT NULL AND c.amount_yuan IS NOT NULL
      AND c.claim_kind <> 'template_remnant' AND (c.stated_year IS NULL OR c.stated_year = c.fiscal_year)
      AND (c.measure IN ('final_account', 'initial_budget', 'annual_budget') OR c.measure = 'change_vs_budget'
          AND c.basis NOT LIKE '%全年%')),
finest AS (
    -- A window sorts, and sorting goes to disk where memory is short; states of an aggregate over three columns do not.
    SELECT * FROM stated
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, fund, function_code, measure
        ORDER BY half_unit, line_number, char_start) = 1),
from_prose AS (
    SELECT department_key, fiscal_year, fund, function_code, max(document_key) AS document_key,
           max(amount_yuan) FILTER (measure = 'final_account') AS final_account,
           max(half_unit) FILTER (measure = 'final_account') AS half_unit,
           max(amount_yuan) FILTER (measure = 'initial_budget') AS initial_budget,
           max(amount_yuan) FILTER (measure = 'annual_budget') AS annual_budget,
           max(amount_yuan) FILTER (measure = 'change_vs_budget') AS change_vs_initial,
           max(claim_key) FILTER (measure = 'final_account') AS claim_key,
           coalesce(max(claim_key) FILTER (measure = 'initial_budget'),
               max(claim_key) FILTER (measure = 'annual_budget'),
                    max(claim_key) FILTER (measure = 'change_vs_budget')) AS budget_key
    FROM finest
    GROUP BY department_key, fiscal_year, fund, function_code),
-- A class the text leaves out is the sum of its groups, where the classes then add up to what was spent.
summed AS (
    SELECT department_key, fiscal_year, fund, left(function_code, 3) AS function_code,
           max(document_key) AS document_key,
           sum(final_account) AS final_account, sum(half_unit) AS half_unit,
           CASE WHEN count(*) = 1 THEN max(claim_key) END AS claim_key,
           CASE WHEN count(change_vs_initial) = count(*) THEN sum(change_vs_initial) END AS change_vs_initial,
           CASE WHEN count(*) = 1 THEN max(budget_key) END AS budget_key
    FROM from_prose
    WHERE length(function_code) = 5 AND final_account IS NOT NULL AND fund = 'general_public_budget'
    GROUP BY department_key, fiscal_year, fund, left(function_code, 3)),
left_out AS (
    SELECT s.* FROM summed s
    ANTI JOIN (FROM from_prose WHERE final_account IS NOT NULL) p USING (department_key, fiscal_year, fund,
            function_code)),
told_classes AS (
    SELECT department_key, fiscal_year, fund, function_code, final_account, half_unit, TRUE AS is_left_out
    FROM left_out
    UNION ALL
    SELECT department_key, fiscal_year, fund, function_code, final_account, half_unit, FALSE
    FROM from_prose
    WHERE length(function_code) = 3 AND fund = 'general_public_budget' AND final_account IS NOT NULL),
beside_whole AS (
    SELECT c.*, h.value AS whole, h.half_unit AS whole_half, sum(c.final_account) OVER told AS told,
           sum(c.half_unit) OVER told AS told_half
    FROM told_classes c
    JOIN core.fact_headline h
      ON h.department_key = c.department_key AND h.fiscal_year = c.fiscal_year AND h.headline = 'general_expenditure'
    WINDOW told AS (PARTITION BY c.department_key, c.fiscal_year)),
-- The whole under the name of a class: it is as large as all is, and the others make up all without it.
whole_as_class AS (
    SELECT department_key, fiscal_year, fund, function_code, final_account
    FROM beside_whole
    WHERE NOT is_left_out AND final_account <> 0 AND abs(final_account - whole) <= half_unit + whole_half
      AND abs(told - final_account - whole) <= told_half + whole_half
    QUALIFY count(*) OVER (PARTITION BY department_key, fiscal_year) = 1),
adding_up AS (
    SELECT b.department_key, b.fiscal_year
    FROM beside_whole b
    ANTI JOIN whole_as_class w USING (department_key, fiscal_year, fund, function_code)
    GROUP BY b.department_key, b.fiscal_year
    HAVING abs(sum(b.final_account) - min(b.whole)) <= min(b.whole_half)),
completed AS (
    SELECT p.*, 'prose' AS source
    FROM from_prose p
    ANTI JOIN whole_as_class w USING (department_key, fiscal_year, fund, function_code)
    UNION ALL BY NAME
    SELECT l.*, 'derived' AS source
    FROM left_out l
    JOIN adding_up a USING (department_key, fiscal_year)),
-- What a table of the fund lists is complete at that level: a code it does not list was not spent on, whatever a sentence says.
listed_levels AS (
    SELECT DISTINCT department_key, fiscal_year, fund, length(function_code) AS digits
    FROM function_in_tables WHERE final_account IS NOT NULL),
beside_tables AS (
    SELECT p.*, l.digits IS NOT NULL AND t.function_code IS NULL AS is_unlisted
    FROM completed p
    LEFT JOIN listed_levels l
           ON l.department_key = p.department_key AND l.fiscal_year = p.fiscal_year AND l.fund = p.fund
          AND l.digits = length(p.function_code)
    LEFT JOIN function_in_tables t
           ON t.department_key = p.department_key AND t.fiscal_year = p.fiscal_year AND t.fund = p.fund
          AND t.function_code = p.function_code)
SELECT department_key, fiscal_year, fund, function_code,
       CASE WHEN length(function_code) <= 3 THEN 'class' WHEN length(function_code) <= 5 THEN 'group' ELSE 'item' END
           AS function_level,
       coalesce(t.final_account, p.final_account) AS final_account, t.basic, t.project,
       coalesce(t.initial_budget, p.initial_budget, coalesce(t.final_account, p.final_account) - p.change_vs_initial)
           AS initial_budget,
       coalesce(t.annual_budget, p.annual_budget) AS annual_budget,
       CASE WHEN t.final_account IS NOT NULL THEN 'table' WHEN p.final_account IS NOT NULL THEN p.source END
           AS final_source,
       CASE WHEN coalesce(t.initial_budget, t.annual_budget) IS NOT NULL THEN 'table'
            WHEN coalesce(p.initial_budget, p.annual_budget) IS NOT NULL THEN 'prose'
            WHEN p.change_vs_initial IS NOT NULL AND coalesce(t.final_account, p.final_account) IS NOT NULL
                THEN 'derived' END AS budget_source,
       t.figure_key, CASE WHEN t.final_account IS NULL THEN p.claim_key END AS claim_key,
       coalesce(t.budget_key, p.budget_key) AS budget_key, coalesce(t.report_table, '') AS report_table,
       coalesce(t.document_key, p.document_key) AS document_key
FROM function_in_tables t
FULL JOIN (FROM beside_tables WHERE NOT is_unlisted OR coalesce(final_account, 0) = 0) p
    USING (department_key, fiscal_year, fund, function_code)
WHERE coalesce(t.final_account, t.initial_budget, t.annual_budget, t.basic, t.project,
               p.final_account, p.initial_budget, p.annual_budget) IS NOT NULL;

INSERT INTO core.fact_function_year BY NAME
FROM function_settled
ORDER BY department_key, fiscal_year, fund, function_code;

DROP TABLE function_in_tables;
DROP TABLE function_settled;
