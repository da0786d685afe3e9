-- title: 与上年可比 | Comparable with the year before
-- grain: 读到了上年材料的一份公开材料 | one disclosure whose year before is read too
-- note: 机构改革登记在 pipelines/reference/department_successors.csv | reforms are registered in pipelines/reference/department_successors.csv

SELECT DISTINCT d.disclosure_key, c.department_name || ' ' || c.fiscal_year AS subject, c.is_comparable AS holds,
       c.fiscal_year || '年机构改革，与上年的数不可直接比较' AS said_zh,
       'the department was reformed in ' || c.fiscal_year || ': its figures cannot be compared with the year before' AS said_en
FROM mart.v_comparability c
JOIN core.dim_document d ON d.department_key = c.department_key AND d.fiscal_year = c.fiscal_year AND d.is_current
WHERE c.has_prior
ORDER BY ALL
