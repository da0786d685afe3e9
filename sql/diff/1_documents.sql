-- title: 文件 | Documents
-- grain: 一个增加、减少或改变的文件 | one document added, removed or changed
-- note: 载有几家的文件逐家比较；来源文件夹换一种写法，不算增减 | a file of several publishers is compared document by document; a source folder spelled another way adds and removes nothing
-- column change: 变化：added 增加、removed 减少、changed 内容改变、replaced 被后来的版次取代、reclassified 归属或状态改变 | added, removed, changed (content), replaced (by a later version) or reclassified (department, year, version, outcome)
-- column department: 部门 | Department
-- column old_state: 旧 | Before
-- column new_state: 新 | After

WITH old_documents AS (
    SELECT d.*, p.department_name, row_number() OVER (PARTITION BY d.source, d.file ORDER BY d.disclosure_key)
           AS place_in_file
    FROM old.core.dim_document d JOIN old.core.dim_department p USING (department_key)),
new_documents AS (
    SELECT d.*, p.department_name, row_number() OVER (PARTITION BY d.source, d.file ORDER BY d.disclosure_key)
           AS place_in_file
    FROM (SELECT n.* REPLACE (coalesce(o.source, n.source) AS source)
          FROM new.core.dim_document n LEFT JOIN old.core.dim_document o USING (document_key)) d
    JOIN new.core.dim_department p USING (department_key))
SELECT CASE WHEN o.file IS NULL THEN 'added' WHEN n.file IS NULL THEN 'removed' WHEN o.sha256 <> n.sha256 THEN 'changed'
            WHEN o.is_current AND NOT n.is_current AND n.outcome = 'loaded' THEN 'replaced'
                ELSE 'reclassified' END AS change,
       file, coalesce(n.department_name, o.department_name) AS department,
       coalesce(n.fiscal_year, o.fiscal_year) AS fiscal_year,
       concat_ws(' ', o.outcome, o.disclosure_key, 'v' || o.version, CASE WHEN o.is_current THEN 'current' END)
       AS old_state,
       concat_ws(' ', n.outcome, n.disclosure_key, 'v' || n.version, CASE WHEN n.is_current THEN 'current' END)
       AS new_state
FROM old_documents o
FULL JOIN new_documents n USING (source, file, place_in_file)
WHERE o.file IS NULL OR n.file IS NULL OR o.sha256 <> n.sha256 OR o.outcome <> n.outcome
   OR o.disclosure_key <> n.disclosure_key OR o.version <> n.version OR o.is_current <> n.is_current
ORDER BY change, file
