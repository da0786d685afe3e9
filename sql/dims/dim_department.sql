-- title: 部门、单位和政府 | Departments, units and governments
-- grain: 一个部门、单位或整个行政区（同名的部门与其本级是两行）；无法辨认的每份文件自成一行 | one department, unit or whole area (a department and its own-level unit are two rows); a document nobody can name is a row of its own
-- note: 部门数含所属单位，不可与单位数相加；名单外的名称照录并标记 is_proposed，从不猜测 | a department's figures include its units and are never added to theirs; names outside the curated lists are kept and marked proposed, never guessed
-- column department_name: 规范名称 | Standard name
-- column department_short_name: 去掉行政区划的名称 | Name without its region
-- column sector: 领域，由 sectors.csv 按关键词归类：专指的词先于泛指的（办公室），长的先于短的 | Sector by keyword, see sectors.csv: specific words before general ones (办公室), longer before shorter
-- column level: 部门 department、单位 unit（部门的单位构成列出的也是单位）、政府 government（全县、区本级等整个行政区）、未知为空 | department, unit (also what a department's own list names), government (a whole area: county, own level of a district), empty where nobody is named
-- column parent_department_key: 所属部门：先看部门的单位构成，再看名称 | The department a unit belongs to: by that department's own list, else by name
-- column successor_department_key: 机构改革后的承接部门 | The department that succeeded it in a reform
-- column succession_year: 承接年份 | Year of succession
-- column succession_kind: 更名 rename、合并 merge、拆分 split | rename, merge or split
-- column series_key: 只是更名的部门共有的键：最后一个名称的 department_key | Key shared by the names of one department that was only renamed: that of its last name
-- column printed_names: 材料中出现过的名称 | Names as printed, joined by 、
-- column first_year: 最早年度 | First fiscal year held
-- column last_year: 最近年度 | Last fiscal year held
-- column is_proposed: 名称未经名单确认 | The name rests on no curated list

CREATE TABLE core.dim_department (
    department_key VARCHAR PRIMARY KEY,
    department_name VARCHAR NOT NULL,
    department_short_name VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('department', 'unit', 'government', '')),
    sector VARCHAR NOT NULL,
    parent_department_key VARCHAR,
    successor_department_key VARCHAR,
    succession_year INTEGER,
    succession_kind VARCHAR,
    series_key VARCHAR NOT NULL,
    printed_names VARCHAR NOT NULL,
    first_year INTEGER,
    last_year INTEGER,
    is_proposed BOOLEAN NOT NULL
);

INSERT INTO core.dim_department
WITH RECURSIVE named AS (
    SELECT department_key, max(department) AS department_name, max(region_code) AS region_code, max(level) AS level,
           string_agg(DISTINCT department_printed, '、' ORDER BY department_printed) FILTER (department_printed <> '')
           AS printed_names,
           min(fiscal_year) AS first_year, max(fiscal_year) AS last_year
    FROM stage.document
    GROUP BY department_key),
shortened AS (
    SELECT *, CASE WHEN department_key LIKE '%/%/%' THEN split_part(department_key, '/', 2)
           ELSE department_name END AS short_name
    FROM named),
sectored AS (
    SELECT s.*, coalesce((SELECT r.sector FROM stage.reference_sectors r WHERE contains(s.short_name, r.keyword)
                          ORDER BY r.is_general NULLS FIRST, length(r.keyword) DESC, r.keyword LIMIT 1), '') AS sector
    FROM shortened s),
listed AS (
    SELECT DISTINCT d.department_key, d.region_code, regexp_replace(u.name, '[\s“”"]', '', 'g') AS name
    FROM stage.listed_unit u
    JOIN stage.document d USING (document_key)
    WHERE d.level = 'department' AND d.outcome = 'loaded'),
on_lists AS (
    SELECT u.department_key, l.department_key AS parent_department_key
    FROM shortened u
    JOIN listed l ON l.region_code = u.region_code AND l.department_key <> u.department_key
     AND (l.name IN (u.department_name, u.short_name) OR list_contains(string_split(u.printed_names, '、'), l.name)
          OR substr(l.name, 2) = u.short_name AND left(l.name, 1) IN ('省', '市', '州', '区', '县', '旗'))
    JOIN shortened d ON d.department_key = l.department_key AND d.short_name <> u.short_name
    WHERE u.level IN ('department', 'unit')),
-- 互相列出，或被几个部门列出的，不作判断 | two that list each other, or one that several list, decide nothing
by_list AS (
    SELECT department_key, min(parent_department_key) AS parent_department_key
    FROM on_lists o
    WHERE NOT EXISTS (SELECT 1 FROM on_lists b
                      WHERE b.department_key = o.parent_department_key AND b.parent_department_key = o.department_key)
    GROUP BY department_key
    HAVING count(DISTINCT parent_department_key) = 1),
parents AS (
    SELECT u.department_key,
           coalesce(l.parent_department_key,
               (SELECT d.department_key FROM shortened d
                WHERE d.level = 'department' AND d.region_code = u.region_code
                    AND starts_with(u.short_name, d.short_name)
                ORDER BY length(d.short_name) DESC, d.department_key LIMIT 1)) AS parent_department_key,
           l.department_key IS NOT NULL AS is_listed
    FROM shortened u
    LEFT JOIN by_list l USING (department_key)
    WHERE u.level = 'unit' OR l.department_key IS NOT NULL),
succession AS (
    SELECT o.department_key, n.department_key AS successor_department_key,
           TRY_CAST(r.year AS INTEGER) AS succession_year, r.kind
    FROM shortened o
    JOIN stage.reference_department_successors r
      ON r.old_name = o.short_name AND (r.region_code IS NULL OR r.region_code = o.region_code)
    LEFT JOIN shortened n ON n.region_code = o.region_code AND n.level = o.level AND n.short_name = r.new_name
    WHERE coalesce(o.first_year, 0) <= TRY_CAST(r.year AS INTEGER)
    QUALIFY row_number() OVER (PARTITION BY o.department_key
        ORDER BY (n.department_key IS NULL), (r.region_code IS NULL), r.year, r.new_name) = 1),
series AS (
    SELECT department_key, department_key AS series_key, 0 AS renamings FROM shortened
    UNION
    SELECT s.department_key, c.successor_department_key, s.renamings + 1
    FROM series s
    JOIN succession c ON c.department_key = s.series_key
    WHERE c.kind = 'rename' AND c.successor_department_key IS NOT NULL AND s.renamings < 9),
last_names AS (
    SELECT department_key, series_key FROM series
    QUALIFY row_number() OVER (PARTITION BY department_key ORDER BY renamings DESC, series_key) = 1)
SELECT s.department_key, CASE WHEN s.department_name = '' THEN '（未知）' ELSE s.department_name END, s.short_name,
       s.region_code, CASE WHEN p.is_listed THEN 'unit' ELSE s.level END, s.sector, p.parent_department_key,
       c.successor_department_key, c.succession_year, c.kind, l.series_key,
       coalesce(s.printed_names, ''), s.first_year, s.last_year,
       NOT EXISTS (SELECT 1 FROM stage.reference_department_aliases a WHERE a.standard_name = s.short_name)
           AND s.sector = ''
FROM sectored s
JOIN last_names l USING (department_key)
LEFT JOIN parents p USING (department_key)
LEFT JOIN succession c USING (department_key)
ORDER BY s.department_key;
