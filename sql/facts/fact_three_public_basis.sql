-- title: “三公”经费的口径与预算数含义 | What the three public expenses of a year cover, and what their 预算数 means
-- grain: 一个部门、一个年度（材料写到“三公”经费） | one department and fiscal year whose documents tell of three public expenses
-- update: department_key
-- note: 口径先看表名，再看表下附注，再看文字的标题；预算数含义看附注 | the scope stands in the table's title, else in the note below it, else in the headings of the text; the meaning of 预算数 in the note
-- column scope: fiscal 全部财政拨款、general_public_budget 一般公共预算、unsaid 没有写明 | fiscal, general_public_budget, or unsaid
-- column budget_basis: 附注所说的预算数：initial_budget 年初、annual_budget 全年（调整后）；没有附注为空 | What 预算数 is by the note: initial_budget or annual_budget; NULL without one

CREATE TABLE core.fact_three_public_basis (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    scope VARCHAR NOT NULL CHECK (scope IN ('fiscal', 'general_public_budget', 'unsaid')),
    budget_basis VARCHAR CHECK (budget_basis IN ('initial_budget', 'annual_budget')),
    PRIMARY KEY (department_key, fiscal_year)
);

INSERT INTO core.fact_three_public_basis
WITH headings AS (
    SELECT DISTINCT department_key, fiscal_year, section_path FROM core.fact_claim
    WHERE is_current AND fiscal_year IS NOT NULL AND contains(section_path, '三公')),
tables AS (
    SELECT department_key, fiscal_year, title, notes FROM core.fact_report_table
    WHERE is_current AND fiscal_year IS NOT NULL
      AND (report_table LIKE 'three_public%' OR report_table = 'institution_operation')),
named AS (
    SELECT department_key, fiscal_year, 1 AS place, title AS words, notes FROM tables
    UNION ALL
    SELECT department_key, fiscal_year, 2, regexp_extract(notes, '反映[^，,；;。]*三公'), '' FROM tables
    UNION ALL
    SELECT department_key, fiscal_year, 3, unnest(string_split(section_path, '/')), '' FROM headings),
said AS (
    SELECT *, CASE WHEN NOT contains(words, '三公') THEN NULL
                   WHEN contains(words, '公共预算') AND NOT contains(words, '基金') THEN 'general_public_budget'
                   WHEN contains(words, '财政拨款') THEN 'fiscal' END AS scope,
           CASE WHEN regexp_matches(notes, '预算数[为是指][^，,；;。]{0,12}(全年|调整)') THEN 'annual_budget'
                WHEN regexp_matches(notes, '预算数[为是指][^，,；;。]{0,12}年初') THEN 'initial_budget' END AS basis
    FROM named)
SELECT department_key, fiscal_year,
       coalesce(min(scope) FILTER (place = 1), min(scope) FILTER (place = 2), min(scope) FILTER (place = 3), 'unsaid'),
       min(basis)
FROM said
GROUP BY department_key, fiscal_year
ORDER BY department_key, fiscal_year;
