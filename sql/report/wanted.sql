-- title: 报告所及 | What a report is about
-- grain: 一个部门、年度 | one department and fiscal year
-- note: 各页的查询都以此为准：选定地区与年度在这里筛选 | every page starts from it: the region and years asked for are chosen here
-- column series_key: 只是更名的部门共有的键：一页 | Key shared by the names of one department: one page
-- note: 只在别人的名单上出现的部门没有键：以名称代之 | a department known from the lists of others only has no key: its name stands for it
-- column col: 该年在页上的栏目 | Its column on the page
-- column is_published: 有公开材料 | There is a disclosure

WITH covered AS (
    SELECT * REPLACE (coalesce(nullif(series_key, ''), nullif(department_key, ''), region_code || '/' || department_name || '/' || level)
                      AS series_key)
    FROM mart.v_coverage WHERE state <> 'renamed')
SELECT c.department_key, c.department_name, c.series_key, c.region_code, c.level, c.fiscal_year, c.state, c.expected_by,
       y.disclosure_key, y.quality_flag, t.grade, y.disclosure_key IS NOT NULL AS is_published,
       CASE WHEN count(*) OVER (PARTITION BY c.series_key, c.fiscal_year) > 1
            THEN c.fiscal_year || ' ' || c.department_name ELSE CAST(c.fiscal_year AS VARCHAR) END AS col
FROM covered c
LEFT JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN mart.v_trust t USING (department_key, fiscal_year)
