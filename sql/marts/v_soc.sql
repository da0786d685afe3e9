-- title: 国有资本经营预算 | State capital budget
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 有国有资本经营预算支出吗？ | Is there state capital budget spending?
-- example: 哪些部门有国有资本经营预算支出？ | Which departments spend from the state capital budget?
-- ask: SELECT department_name, fiscal_year, capital_expenditure FROM mart.v_soc WHERE capital_expenditure <> 0 ORDER BY ALL
-- example: 哪些声明没有？ | Which declare to have none?
-- ask: SELECT department_name, fiscal_year FROM mart.v_soc WHERE is_nil_declared ORDER BY ALL LIMIT 20
-- caution: 声明为空的表按零计（value_source = declared_empty），没有表也没有说明的部门不在此列 | a table declared empty counts as zero (value_source = declared_empty); departments with neither table nor statement are not listed
-- column is_nil_declared: 声明没有此项支出 | Declared to have none

CREATE VIEW mart.v_soc AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year,
       CAST(h.value AS DECIMAL(28, 2)) AS capital_expenditure,
       h.value = 0 AND h.value_source <> 'table' AS is_nil_declared, h.value_source, h.doubt, h.figure_key, h.claim_key,
       y.series_key, y.quality_flag, h.document_key
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
WHERE h.headline = 'capital_expenditure';
