-- title: 部门年度 | Departments by year
-- grain: 一个部门或单位、一个年度（持有现行材料） | one department or unit and fiscal year with current documents
-- question: 持有哪些部门哪些年度的材料，质量如何？ | Which departments and years are held, and how good are they?
-- example: 持有哪些部门哪些年度的材料？ | Which departments and years are held?
-- ask: SELECT department_name, list(fiscal_year ORDER BY fiscal_year) AS years FROM mart.v_department_year GROUP BY department_name ORDER BY department_name
-- example: 各部门在职人数？ | How many staff does each department have?
-- ask: SELECT department_name, fiscal_year, staff, staff_source FROM mart.v_department_year WHERE staff IS NOT NULL ORDER BY ALL
-- column documents: 现行文件数 | Current documents
-- column errors: 错误级发现数 | Findings of severity error
-- column warnings: 警告级发现数 | Findings of severity warning
-- column region_level: 行政级别 | Level of the region
-- column prior_department_key: 上一年度以何名持有：自己，或更名前的部门；没有则为空 | Who held the year before: itself, or the one name it was renamed from; else NULL
-- column population: 常住人口（参考指标，无则为空） | Population (reference indicator, else NULL)
-- column deflator: 价格指数（参考指标，无则为空） | Deflator, base 100 (reference indicator, else NULL)

CREATE VIEW mart.v_department_year AS
SELECT y.department_key, y.department_name, y.region_code, y.region_name, y.region_level, y.level, y.sector,
       y.fiscal_year,
       y.disclosure_key, y.workbook_document_key, y.text_document_key, y.documents, coalesce(q.errors, 0) AS errors,
       coalesce(q.warnings, 0) AS warnings,
       CASE WHEN q.errors > 0 THEN 'error' WHEN q.warnings > 0 THEN 'warning' ELSE 'clean' END AS quality_flag,
       s.staff, s.staff_source, core.whole_number(y.population) AS population, y.deflator, y.series_key,
       y.prior_department_key
FROM core.fact_department_year y
LEFT JOIN core.disclosure_quality q USING (disclosure_key)
LEFT JOIN core.fact_staff s USING (department_key, fiscal_year);
