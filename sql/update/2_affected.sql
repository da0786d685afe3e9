-- title: 需要更新的部门和公开材料 | Departments and disclosures to be updated
-- note: 部门与其所属单位、前身、承接部门是一家：其中一个的材料或部门资料有变，一家都重做 | a department, its units, its predecessors and successors are one family: where a document or a department of it changed, all of it is made again
-- note: 由同一地区各部门的材料得出的表（名次、各地区的合计），受影响地区的各行重做 | of tables that follow from the documents of a whole region (ranks, totals of a region), the rows of its regions are made again
-- note: 空的 disclosure_key 是政府汇总的核对，总是重做 | the empty disclosure_key stands for checks against a government's totals, always made again

CREATE TABLE stage.affected AS
WITH RECURSIVE changed AS (
    SELECT department_key FROM (FROM core.dim_document EXCEPT FROM stage.former_document)
    UNION SELECT department_key FROM (FROM stage.former_document EXCEPT FROM core.dim_document)
    UNION SELECT department_key FROM (FROM core.dim_department EXCEPT FROM stage.former_department)
    UNION SELECT department_key FROM (FROM stage.former_department EXCEPT FROM core.dim_department)),
known AS (
    FROM core.dim_department UNION ALL FROM stage.former_department),
kin AS (
    SELECT department_key AS one, parent_department_key AS other FROM known WHERE parent_department_key IS NOT NULL
    UNION SELECT department_key, successor_department_key FROM known WHERE successor_department_key IS NOT NULL),
both_ways AS (
    SELECT one, other FROM kin UNION SELECT other, one FROM kin),
reached AS (
    SELECT department_key FROM changed
    UNION SELECT k.other FROM reached r JOIN both_ways k ON k.one = r.department_key)
SELECT department_key FROM reached;

CREATE TABLE stage.affected_disclosure AS
SELECT DISTINCT disclosure_key FROM (FROM core.dim_document UNION ALL FROM stage.former_document)
WHERE department_key IN (FROM stage.affected)
UNION ALL SELECT '';

CREATE TABLE stage.affected_region AS
SELECT DISTINCT region_code FROM (FROM core.dim_department UNION ALL FROM stage.former_department)
WHERE department_key IN (FROM stage.affected);

CREATE TABLE stage.affected_in_region AS
SELECT DISTINCT department_key FROM (FROM core.dim_department UNION ALL FROM stage.former_department)
WHERE region_code IN (FROM stage.affected_region);
