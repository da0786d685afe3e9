-- title: 摘录中各行可能有变化的部门 | Departments whose rows of an extract may have changed
-- note: 一家有变，各行都可能有变；别家的新文件也可能使一份材料多一条或少一条发现，材料质量随之变化 | where a family changed, its rows may have; another family's new document may also bring or take a finding of a disclosure, and its quality changes with it

SELECT department_key FROM stage.affected
UNION
SELECT department_key FROM core.dim_document
WHERE disclosure_key IN (
    SELECT disclosure_key FROM (FROM core.disclosure_quality EXCEPT FROM stage.former_quality)
    UNION SELECT disclosure_key FROM (FROM stage.former_quality EXCEPT FROM core.disclosure_quality))
ORDER BY 1
