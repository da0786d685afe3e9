-- title: 部门预算支出经济分类科目 | Economic classification codes
-- grain: 一个科目代码在一段有效年份内的名称 | one code under one name for the years it was valid
-- unite: least(economic_name)
-- note: 名单外的代码照录，is_known 为假 | codes outside the list are kept with is_known false
-- column economic_key: 代码与启用年份 | Code and first year
-- column economic_name: 科目名称 | Name
-- column economic_level: 级次：class 类、group 款 | class (类) or group (款)
-- column parent_economic_code: 上级代码 | Code above
-- column class_code: 类级代码 | Code of its class
-- column spend_group: 支出归属：personnel 人员经费、public 公用经费 | personnel (人员经费) or public (公用经费)
-- column valid_from: 启用年份，空为早于名单 | First year, NULL when older than the list
-- column valid_to: 停用年份，空为仍有效 | Last year, NULL while in force
-- column certainty: 依据：document、corroborated、knowledge、uncertain、stated | document, corroborated, knowledge, uncertain, or stated in a disclosure
-- column is_known: 在科目名单内 | In the code list

CREATE TABLE core.dim_economic (
    economic_key VARCHAR PRIMARY KEY,
    economic_code VARCHAR NOT NULL,
    economic_name VARCHAR NOT NULL,
    economic_level VARCHAR NOT NULL CHECK (economic_level IN ('class', 'group')),
    parent_economic_code VARCHAR,
    class_code VARCHAR NOT NULL,
    spend_group VARCHAR NOT NULL CHECK (spend_group IN ('personnel', 'public')),
    valid_from INTEGER,
    valid_to INTEGER,
    certainty VARCHAR NOT NULL,
    is_known BOOLEAN NOT NULL
);

INSERT INTO core.dim_economic
WITH listed AS (
    SELECT code, name, parent_code, TRY_CAST(valid_from AS INTEGER) AS valid_from,
           TRY_CAST(valid_to AS INTEGER) AS valid_to, certainty
    FROM stage.reference_economic_codes),
seen AS (
    SELECT economic_code AS code, min(row_name) AS name FROM stage.figure WHERE economic_code IS NOT NULL
    GROUP BY economic_code
    UNION ALL
    SELECT economic_code, min(item) FROM stage.claim WHERE economic_code IS NOT NULL GROUP BY economic_code),
unlisted AS (
    SELECT code, min(name) AS name FROM seen
    WHERE code NOT IN (SELECT code FROM listed) AND length(code) BETWEEN 1 AND 12 GROUP BY code)
SELECT code || '@' || coalesce(CAST(valid_from AS VARCHAR), ''), code, name,
       CASE WHEN length(code) <= 3 THEN 'class' ELSE 'group' END, parent_code, left(code, 3),
       CASE WHEN left(code, 3) IN ('301', '303') THEN 'personnel' ELSE 'public' END, valid_from, valid_to, certainty,
           is_known
FROM (SELECT *, TRUE AS is_known FROM listed
      UNION ALL
      SELECT code, name, CASE WHEN length(code) > 3 THEN left(code, 3) END, NULL, NULL, 'stated', FALSE FROM unlisted)
ORDER BY code, valid_from NULLS FIRST;
