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
-- column prior_account: 上年决算数 | Final account of the year before

CREATE TABLE core.fact_function_trend (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    fund VARCHAR NOT NULL,
    function_level VARCHAR NOT NULL,
    canonical_code VARCHAR NOT NULL,
    source_codes VARCHAR NOT NULL,
    final_account DECIMAL(18, 2) NOT NULL,
    prior_codes VARCHAR,
    prior_account DECIMAL(18, 2),
    document_key VARCHAR NOT NULL
);

-- Few codes were ever joined to others: only those are grouped.
INSERT INTO core.fact_function_trend
WITH joined_codes AS (
    SELECT function_code, canonical_code FROM core.crosswalk_function
    WHERE canonical_code IN (SELECT canonical_code FROM core.crosswalk_function WHERE canonical_code <> function_code)),
continuous AS (
    SELECT department_key, fiscal_year, fund, function_level, function_code AS canonical_code, function_code AS source_codes, final_account,
           document_key
    FROM core.fact_function_year
    ANTI JOIN joined_codes USING (function_code)
    WHERE final_account IS NOT NULL
    UNION ALL
    SELECT f.department_key, f.fiscal_year, f.fund, f.function_level, j.canonical_code,
           string_agg(f.function_code, '、' ORDER BY f.function_code), sum(f.final_account), max(f.document_key)
    FROM core.fact_function_year f
    JOIN joined_codes j USING (function_code)
    WHERE f.final_account IS NOT NULL
    GROUP BY f.department_key, f.fiscal_year, f.fund, f.function_level, j.canonical_code)
SELECT c.department_key, c.fiscal_year, c.fund, c.function_level, c.canonical_code, c.source_codes, c.final_account, p.source_codes,
       p.final_account, c.document_key
FROM continuous c
JOIN core.fact_department_year y USING (department_key, fiscal_year)
LEFT JOIN continuous p
       ON p.department_key = y.prior_department_key AND p.fiscal_year = c.fiscal_year - 1 AND p.fund = c.fund
      AND p.canonical_code = c.canonical_code AND p.function_level = c.function_level;
