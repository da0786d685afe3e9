-- title: 与上年可比 | Comparable with the year before
-- grain: 读到了上年材料的一份公开材料 | one disclosure whose year before is read too
-- note: 机构改革登记在 pipelines/reference/department_successors.csv | reforms are registered in pipelines/reference/department_successors.csv

SELECT disclosure_key, department_name || ' ' || fiscal_year AS subject,
       NOT reform_flag OR prior_department_key <> department_key AS holds,
       fiscal_year || '年机构改革，与上年的数不可直接比较' AS said_zh,
       'the department was reformed in ' || fiscal_year
           || ': its figures cannot be compared with the year before' AS said_en
FROM core.fact_department_year
WHERE prior_department_key IS NOT NULL
ORDER BY ALL
