-- title: 支出功能分类科目 | Functional classification codes
-- grain: 一个科目代码在一段有效年份内的名称 | one code under one name for the years it was valid
-- unite: least(function_name)
-- note: 名单外的代码照录，is_known 为假，名称取材料所印；更名、合并、拆分见 bridge_function | codes outside the list are kept with is_known false under the name printed; renamed, merged and split codes are bridged by bridge_function
-- column function_key: 代码与启用年份 | Code and first year
-- column function_name: 科目名称 | Name
-- column function_level: 级次：class 类、group 款、item 项 | class (类), group (款) or item (项)
-- column parent_function_code: 上级代码 | Code above
-- column class_code: 类级代码 | Code of its class
-- column valid_from: 启用年份，空为早于名单 | First year, NULL when older than the list
-- column valid_to: 停用年份，空为仍有效 | Last year, NULL while in force
-- column certainty: 依据：document 见于文件、corroborated 旁证、knowledge 专业知识、uncertain 不确定、stated 材料所印 | document, corroborated, knowledge, uncertain, or stated in a disclosure
-- column is_known: 在科目名单内 | In the code list

CREATE TABLE core.dim_function (
    function_key VARCHAR PRIMARY KEY,
    function_code VARCHAR NOT NULL,
    function_name VARCHAR NOT NULL,
    function_level VARCHAR NOT NULL CHECK (function_level IN ('class', 'group', 'item')),
    parent_function_code VARCHAR,
    class_code VARCHAR NOT NULL,
    fund VARCHAR NOT NULL,
    valid_from INTEGER,
    valid_to INTEGER,
    certainty VARCHAR NOT NULL,
    is_known BOOLEAN NOT NULL
);

INSERT INTO core.dim_function
WITH listed AS (
    SELECT code, name, parent_code, TRY_CAST(valid_from AS INTEGER) AS valid_from,
           TRY_CAST(valid_to AS INTEGER) AS valid_to, certainty
    FROM stage.reference_function_codes),
seen AS (
    SELECT function_code AS code, min(row_name) AS name FROM stage.figure WHERE function_code IS NOT NULL
    GROUP BY function_code
    UNION ALL
    SELECT function_code, min(item) FROM stage.claim WHERE function_code IS NOT NULL GROUP BY function_code),
unlisted AS (
    SELECT code, min(name) AS name FROM seen
    WHERE code NOT IN (SELECT code FROM listed) AND length(code) BETWEEN 1 AND 12 GROUP BY code),
every_code AS (
    SELECT code, name, parent_code, valid_from, valid_to, certainty, TRUE AS is_known FROM listed
    UNION ALL
    SELECT code, name, CASE WHEN length(code) > 3 THEN left(code, CASE WHEN length(code) > 5 THEN 5 ELSE 3 END) END,
           NULL, NULL, 'stated', FALSE
    FROM unlisted)
SELECT code || '@' || coalesce(CAST(valid_from AS VARCHAR), ''), code, name,
       CASE WHEN length(code) <= 3 THEN 'class' WHEN length(code) <= 5 THEN 'group' ELSE 'item' END,
       parent_code, left(code, 3),
       coalesce((SELECT f.fund FROM stage.reference_function_funds f WHERE starts_with(e.code, f.code_prefix)
                 ORDER BY length(f.code_prefix) DESC LIMIT 1), 'general_public_budget'),
       valid_from, valid_to, certainty, is_known
FROM every_code e
ORDER BY code, valid_from NULLS FIRST;
