-- title: 部门决算单位构成与单位文件 | Listed units and unit documents
-- grain: 部门单位构成表中的一个单位，或一份没有列入构成的单位文件 | one unit of a department's printed list, or one unit whose documents no list names
-- note: 只有读到本级以外的单位文件时才核对；并入本级的单位没有自己的文件 | judged only where documents of a unit other than the department's own office are read; units merged into it have none

WITH office AS (
    SELECT '[（(](?:本级|本部|机关)[)）]|(?:本级|机关本级|局本级|委本级)$' AS pattern),
plain AS (
    SELECT u.*, d.file, regexp_replace(regexp_replace(listed_name, '[\s“”]', '', 'g'), (SELECT pattern FROM office), '')
           AS name,
           regexp_matches(listed_name, (SELECT pattern FROM office)) AS is_office
    FROM core.fact_listed_unit u JOIN core.dim_document d USING (document_key)
    WHERE u.is_current AND u.listed_name <> ''),
units AS (
    SELECT DISTINCT c.parent_department_key AS department_key, x.fiscal_year, c.department_name,
           c.department_short_name, c.printed_names,
           any_value(x.file) AS file
    FROM core.dim_document x JOIN core.dim_department c USING (department_key)
    WHERE x.is_current AND c.level = 'unit' AND c.parent_department_key IS NOT NULL
    GROUP BY ALL),
others AS (
    SELECT u.*, regexp_replace(u.department_name, (SELECT pattern FROM office), '') AS name,
           regexp_matches(u.department_name || '、' || u.printed_names, (SELECT pattern FROM office))
               OR u.department_short_name = d.department_short_name AS is_office
    FROM units u JOIN core.dim_department d USING (department_key)),
comparable AS (
    SELECT department_key, fiscal_year FROM others WHERE NOT is_office GROUP BY ALL),
lists AS (
    SELECT DISTINCT disclosure_key, department_key, fiscal_year, document_key FROM plain
           JOIN comparable USING (department_key, fiscal_year)),
same AS (
    SELECT p.disclosure_key, p.line_number, p.listed_name, o.name AS unit_name
    FROM plain p JOIN others o USING (department_key, fiscal_year)
    WHERE NOT o.is_office AND (ends_with(o.name, p.name) OR ends_with(p.name, o.name)
          OR list_contains(string_split(o.printed_names, '、'), p.listed_name)))
SELECT p.disclosure_key, p.document_key, 'line ' || p.line_number AS place, p.listed_name AS subject,
       s.unit_name IS NOT NULL AS holds,
       '单位构成列有“' || p.listed_name || '”，没有读到它的单位决算' AS said_zh,
       'the list names ' || p.listed_name || ', and no document of it is among those read' AS said_en
FROM plain p
JOIN lists USING (disclosure_key, document_key)
LEFT JOIN same s ON s.disclosure_key = p.disclosure_key AND s.line_number = p.line_number
    AND s.listed_name = p.listed_name
WHERE NOT p.is_office AND NOT regexp_matches(p.remark, '并入|不单列|合并编制|不单独') AND length(p.name) >= 4
UNION ALL
SELECT l.disclosure_key, l.document_key, '', o.department_name, FALSE,
       '读到“' || o.department_name || '”的单位决算（' || o.file || '），单位构成没有列出它',
       'documents of ' || o.department_name || ' are read (' || o.file || '), and the list does not name it'
FROM lists l
JOIN others o USING (department_key, fiscal_year)
WHERE NOT o.is_office
  AND NOT EXISTS (SELECT 1 FROM same s WHERE s.disclosure_key = l.disclosure_key AND s.unit_name = o.name)
ORDER BY ALL
