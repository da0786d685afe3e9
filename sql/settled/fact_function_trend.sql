-- title: 功能科目连续数 | Functional spending by continuous code
-- grain: 一个部门、年度、资金、级次、连续科目代码 | one department, fiscal year, fund, level and continuous code
-- update: department_key
-- formula: 旧代码按衔接表折成连续代码后求和 | old codes are summed under their continuous code
-- caution: 类、款、项并存：求和前按 function_level 取一级；fund 之间有包含关系 | classes, groups and items stand side by side: pick one function_level before adding; funds contain each other
-- column canonical_code: 连续代码 | Continuous code
-- column source_codes: 当年所印代码 | Codes of that year
-- column final_account: 决算数 | Final account
-- note: 上年数取自 fact_department_year.prior_department_key，更名的部门接上 | the year before is that of fact_department_year.prior_department_key: a renamed department goes on
-- column prior_codes: 上年所印代码 | Codes of the year before
-- column prior_final_account: 上年决算数 | Final account of the year before
-- column number_keys: 决算数所在的数字（figure_key 或 claim_key，以空格分隔） | Numbers of the final account, as figure or claim keys separated by blanks
-- column moved_codes: 当年移出或移入该科目的下级科目（旧→新），没有为空 | Codes below it that a reform of the year moved out of it or into it, old → new; NULL where there are none

CREATE TABLE core.fact_function_trend (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    fund VARCHAR NOT NULL,
    function_level VARCHAR NOT NULL,
    canonical_code VARCHAR NOT NULL,
    source_codes VARCHAR NOT NULL,
    final_account DECIMAL(28, 2) NOT NULL,
    prior_codes VARCHAR,
    prior_final_account DECIMAL(28, 2),
    moved_codes VARCHAR,
    number_keys VARCHAR,
    document_key VARCHAR NOT NULL
);

-- Three statements, as in fact_function_year: each goes to disk where memory is short, together they do not.
-- Few codes were ever joined to others: only those are grouped.
CREATE TEMP TABLE function_continuous AS
WITH joined_codes AS (
    SELECT function_code, canonical_code FROM core.crosswalk_function
    WHERE canonical_code IN (SELECT canonical_code FROM core.crosswalk_function WHERE canonical_code <> function_code)),
continuous AS (
    SELECT department_key, fiscal_year, fund, function_level, function_code AS canonical_code,
           function_code AS source_codes, final_account,
           coalesce(figure_key, claim_key) AS number_keys, document_key
    FROM core.fact_function_year
    ANTI JOIN joined_codes USING (function_code)
    WHERE final_account IS NOT NULL
    UNION ALL
    SELECT f.department_key, f.fiscal_year, f.fund, f.function_level, j.canonical_code,
           string_agg(f.function_code, '、' ORDER BY f.function_code), sum(f.final_account),
           core.keys_of(f.figure_key, f.claim_key),
           max(f.document_key)
    FROM core.fact_function_year f
    JOIN joined_codes j USING (function_code)
    WHERE f.final_account IS NOT NULL
    GROUP BY f.department_key, f.fiscal_year, f.fund, f.function_level, j.canonical_code)
SELECT * FROM continuous;

CREATE TEMP TABLE function_crossed AS
WITH
-- 20815 became 22407 in 2019: 208 and 224 of 2019 are not those of 2018, for a department that spent on it or does not say.
crossings AS (
    SELECT b.first_year AS fiscal_year, b.old_function_code, b.new_function_code, l.digits,
           unnest([left(b.old_function_code, l.digits),
           left(b.new_function_code, l.digits)]) AS function_code
    FROM core.bridge_function b
    CROSS JOIN (VALUES (3), (5)) AS l(digits)
    WHERE left(b.old_function_code, l.digits) <> left(b.new_function_code, l.digits)
      AND length(b.old_function_code) > l.digits AND length(b.new_function_code) > l.digits),
codes AS (
    SELECT DISTINCT function_code AS held_code FROM core.fact_function_year),
crossing_codes AS (
    SELECT x.*, c.held_code, x.fiscal_year AS held_year FROM crossings x JOIN codes c
           ON starts_with(c.held_code, x.new_function_code)
    UNION ALL
    SELECT x.*, c.held_code, x.fiscal_year - 1 FROM crossings x JOIN codes c
           ON starts_with(c.held_code, x.old_function_code)),
below AS (
    SELECT DISTINCT f.department_key, f.fiscal_year, f.fund, x.digits, x.function_code, x.old_function_code,
           x.new_function_code,
           x.fiscal_year AS reform_year
    FROM core.fact_function_year f
    JOIN crossing_codes x ON x.held_code = f.function_code AND x.held_year = f.fiscal_year
    WHERE f.final_account <> 0),
unsaid AS (
    -- Years of which only the classes are known.
    SELECT department_key, fiscal_year, fund FROM core.fact_function_year
    GROUP BY department_key, fiscal_year, fund HAVING max(length(function_code)) = 3),
moved AS (
    SELECT department_key, reform_year AS fiscal_year, department_key AS holder, fiscal_year AS held_year, fund,
           function_code,
           old_function_code || '→' || new_function_code AS moving
    FROM below
    UNION
    SELECT u.department_key, x.fiscal_year, u.department_key, u.fiscal_year, u.fund, x.function_code,
           x.old_function_code || '→' || x.new_function_code
    FROM unsaid u
    JOIN crossings x ON x.digits = 3 AND u.fiscal_year IN (x.fiscal_year, x.fiscal_year - 1)),
crossed AS (
    SELECT y.department_key, y.fiscal_year, m.fund, m.function_code, string_agg(DISTINCT m.moving, '、'
           ORDER BY m.moving) AS moved_codes
    FROM core.fact_department_year y
    JOIN moved m
      ON m.fiscal_year = y.fiscal_year
     AND (m.holder = y.department_key AND m.held_year = y.fiscal_year
          OR m.holder = y.prior_department_key AND m.held_year = y.fiscal_year - 1)
    GROUP BY y.department_key, y.fiscal_year, m.fund, m.function_code)
SELECT * FROM crossed;

INSERT INTO core.fact_function_trend
SELECT c.department_key, c.fiscal_year, c.fund, c.function_level, c.canonical_code, c.source_codes, c.final_account,
       p.source_codes,
       p.final_account, x.moved_codes, c.number_keys, c.document_key
FROM function_continuous c
JOIN core.fact_department_year y USING (department_key, fiscal_year)
LEFT JOIN function_continuous p
       ON p.department_key = y.prior_department_key AND p.fiscal_year = c.fiscal_year - 1 AND p.fund = c.fund
      AND p.canonical_code = c.canonical_code AND p.function_level = c.function_level
LEFT JOIN function_crossed x
       ON x.department_key = c.department_key AND x.fiscal_year = c.fiscal_year AND x.fund = c.fund
           AND x.function_code = c.canonical_code;

DROP TABLE function_continuous;
DROP TABLE function_crossed;
