-- title: 机构沿革 | Lineage
-- grain: 一个部门 | one department
-- question: 机构改革前后是谁接谁？ | Who succeeded whom in the reforms?
-- caution: 合并、拆分前后的数不可直接相比 | figures before and after a merger or split are not directly comparable
-- column predecessor_keys: 前身 | Predecessors
-- column successor_department_key: 承接部门 | Successor
-- column successor_name: 承接部门名称 | Name of the successor
-- column series_key: 只是更名的部门共有的键，同一序列由它查询 | Key shared by the names of one department that was only renamed: ask for a whole series by it
-- column change_year: 变更年份 | Year of the change
-- column change_kind: rename、merge、split | rename, merge or split

CREATE VIEW mart.v_lineage AS
SELECT d.department_key, d.department_name, d.region_code, d.level, d.first_year, d.last_year,
       (SELECT string_agg(p.department_key, '、' ORDER BY p.department_key) FROM core.dim_department p
        WHERE p.successor_department_key = d.department_key) AS predecessor_keys,
       d.successor_department_key, s.department_name AS successor_name, d.succession_year AS change_year, d.succession_kind AS change_kind, d.series_key
FROM core.dim_department d
LEFT JOIN core.dim_department s ON s.department_key = d.successor_department_key;
