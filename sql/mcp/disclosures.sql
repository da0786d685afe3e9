-- title: 所问的公开材料 | The disclosures asked about
-- grain: 一份公开材料；名称完全相同的优先 | one disclosure; where a name is the whole name, only those
-- note: $1 部门名称的一部分或 disclosure_key，$2 年度，可空 | $1 part of a department's name or a disclosure_key, $2 fiscal year or NULL

WITH named AS (
    SELECT disclosure_key, any_value(department_name) AS department_name, any_value(region_code) AS region_code,
           any_value(level) AS level,
           any_value(fiscal_year) AS fiscal_year, list(file ORDER BY file) FILTER (is_current) AS files
    FROM core.dim_document
    WHERE disclosure_key <> '' AND outcome = 'loaded'
      AND (disclosure_key = $1 OR $1 <> '' AND contains(department_name, $1))
      AND (CAST($2 AS INTEGER) IS NULL OR fiscal_year = $2)
    GROUP BY disclosure_key)
SELECT n.disclosure_key, n.department_name, n.region_code, n.level, n.fiscal_year, t.grade,
       array_to_string(n.files, '; ') AS files
FROM named n
LEFT JOIN mart.v_trust t USING (disclosure_key)
QUALIFY n.department_name = $1 OR n.disclosure_key = $1
     OR NOT bool_or(n.department_name = $1 OR n.disclosure_key = $1) OVER ()
ORDER BY n.department_name, n.fiscal_year, n.disclosure_key
