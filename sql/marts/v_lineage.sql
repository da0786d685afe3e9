-- title: 机构沿革 | Lineage
-- grain: 一个部门 | one department
-- question: 机构改革前后是谁接谁？ | Who succeeded whom in the reforms?
-- example: 哪些部门更名或合并了？ | Which departments were renamed or merged?
-- ask: SELECT department_name, change_year, change_kind, successor_name FROM mart.v_lineage WHERE change_kind IS NOT NULL ORDER BY ALL
-- example: 某个序列有哪些名称？ | Which names belong to one series?
-- ask: SELECT series_key, list(department_name ORDER BY department_name) AS names FROM mart.v_lineage GROUP BY series_key HAVING count(*) > 1 ORDER BY ALL
-- caution: 合并、拆分前后的数不可直接相比 | figures before and after a merger or split are not directly comparable
-- note: change_kind：rename 更名、merge 合并、split 拆分；change_year 取材料换名之年，看不出时取名单所载 | change_kind is rename, merge or split; change_year is that in which the documents change names, else that of the list
-- column predecessor_keys: 前身 | Predecessors
-- column successor_name: 承接部门名称 | Name of the successor

CREATE VIEW mart.v_lineage AS
SELECT d.department_key, d.department_name, d.region_code, d.level, d.first_year, d.last_year,
       p.predecessor_keys, d.successor_department_key, s.department_name AS successor_name,
       CASE WHEN s.first_year = d.last_year + 1 THEN s.first_year ELSE d.succession_year END AS change_year,
           d.succession_kind AS change_kind, d.series_key
FROM core.dim_department d
LEFT JOIN core.dim_department s ON s.department_key = d.successor_department_key
LEFT JOIN (SELECT successor_department_key, string_agg(department_key, '、' ORDER BY department_key) AS predecessor_keys
           FROM core.dim_department WHERE successor_department_key IS NOT NULL GROUP BY successor_department_key) p
       ON p.successor_department_key = d.department_key;
