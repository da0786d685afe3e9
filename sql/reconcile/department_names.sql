-- title: 部门名称前后一致 | One department name everywhere
-- grain: 一份公开材料中的一个写法 | one spelling of a disclosure
-- note: 只报告与部门名称几乎相同的写法（少一级行政区划、错一字）；简称、所属单位与其他机构不算 | only near misses of the department's own name are reported (a region left out in the middle, one wrong character); short names, units and other bodies are none

WITH spelled AS (
    SELECT t.disclosure_key, t.document_key, t.sheet AS place, trim(unnest(string_split(t.departments, '|'))) AS name
    FROM core.fact_report_table t WHERE t.is_current AND t.departments <> ''
    UNION ALL
    SELECT p.disclosure_key, p.document_key, 'line ' || p.line_number,
           unnest(regexp_extract_all(p.text,
               '(?:^|[。;])(?:第[一二三四五六七八九十]+部分)?\s*'
                       || '(\p{Han}{4,30}?(?:局|委员会|办公室|厅|中心|院|会|站|所|校|街道办事处|人民政府))'
                       || '(?:(?:20\d\d)年|(?:部门|单位)?概况)',
           1))
    FROM core.fact_paragraph p
    WHERE p.is_current),
counted AS (
    SELECT s.disclosure_key, s.document_key, s.name, min(s.place) AS place, count(*) AS times,
           regexp_replace(s.name, '[（(](?:本级|机关|本部|汇总)[)）]$|(?:本级|本部)$', '') AS bare
    FROM spelled s WHERE s.name <> '' GROUP BY ALL),
own AS (
    SELECT DISTINCT d.disclosure_key, p.department_name,
           regexp_replace(p.department_name, '[（(](?:本级|机关|本部)[)）]$|(?:本级|本部)$', '') AS bare
    FROM core.dim_document d JOIN core.dim_department p USING (department_key) WHERE d.is_current),
parted AS (
    SELECT c.*, o.bare AS own_name,
           regexp_extract(c.bare,
               '^(?:\p{Han}{2,7}?(?:省|自治区))?(?:\p{Han}{2,7}?(?:市|自治州))?(?:\p{Han}{2,7}?(?:区|县|旗|市))?') AS area,
           regexp_extract(o.bare,
               '^(?:\p{Han}{2,7}?(?:省|自治区))?(?:\p{Han}{2,7}?(?:市|自治州))?(?:\p{Han}{2,7}?(?:区|县|旗|市))?') AS own_area
    FROM counted c JOIN own o USING (disclosure_key)),
compared AS (
    SELECT *, substr(bare, length(area) + 1) AS body, substr(own_name, length(own_area) + 1) AS own_body FROM parted),
judged AS (
    SELECT *, CASE
        WHEN ends_with(own_name, bare) OR ends_with(bare, own_name) OR contains(bare, own_body)
            AND body <> own_body THEN NULL
        WHEN body = own_body AND area <> '' AND own_area <> '' AND NOT ends_with(area, own_area)
            AND NOT ends_with(own_area, area) THEN 'area'
        WHEN length(own_body) >= 5 AND length(body) = length(own_body) AND right(body, 1) = right(own_body, 1)
             AND len(list_filter(range(1, length(body) + 1), i -> substr(body, i, 1) <> substr(own_body, i, 1))) = 1
                 THEN 'body'
        WHEN length(own_body) >= 5 AND length(body) = length(own_body) - 1 AND right(body, 1) = right(own_body, 1)
             AND len(list_filter(range(1, length(own_body)),
                     i -> left(own_body, i - 1) || substr(own_body, i + 1) = body)) > 0 THEN 'body'
        END AS fault
    FROM compared)
SELECT disclosure_key, document_key, place, own_name AS subject, fault IS NULL AS holds,
       '写作“' || name || '”，部门名称是“' || own_name || '”' AS said_zh,
       'written ' || name || '; the department is ' || own_name AS said_en
FROM judged
WHERE fault IS NOT NULL OR bare = own_name
ORDER BY ALL
