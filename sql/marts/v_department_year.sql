-- title: 部门年度 | Departments by year
-- grain: 一个部门或单位、一个年度（持有现行材料） | one department or unit and fiscal year with current documents
-- question: 持有哪些部门哪些年度的材料，质量如何？ | Which departments and years are held, and how good are they?
-- column workbook_document_key: 报表文件 | Its workbook
-- column text_document_key: 文字文件 | Its text
-- column documents: 现行文件数 | Current documents
-- column errors: 错误级发现数 | Findings of severity error
-- column warnings: 警告级发现数 | Findings of severity warning
-- column quality_flag: error 有错误、warning 有警告、clean 无 | error, warning or clean: the worst finding about what was disclosed
-- column region_level: 行政级别 | Level of the region
-- column staff: 在职人数：文字所述行政与事业实有人数之和，无则取参考指标 | Staff: stated administrative and institution staff, else the reference indicator
-- column staff_source: 在职人数来源 | Where the staff figure comes from
-- column population: 常住人口（参考指标，无则为空） | Population (reference indicator, else NULL)
-- column deflator: 价格指数（参考指标，无则为空） | Deflator, base 100 (reference indicator, else NULL)

CREATE VIEW mart.v_department_year AS
WITH held AS (
    SELECT department_key, fiscal_year, max(disclosure_key) AS disclosure_key,
           max(document_key) FILTER (document_kind IN ('workbook', 'mixed')) AS workbook_document_key,
           max(document_key) FILTER (document_kind IN ('text', 'mixed')) AS text_document_key,
           count(*) AS documents
    FROM core.dim_document
    WHERE is_current AND fiscal_year IS NOT NULL
    GROUP BY department_key, fiscal_year),
flagged AS (
    SELECT disclosure_key, count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings
    FROM core.fact_finding
    WHERE cause = 'disclosure' AND outcome <> 'exact'
    GROUP BY disclosure_key),
staffed AS (
    SELECT department_key, fiscal_year, sum(value) AS staff
    FROM core.fact_headline
    WHERE headline IN ('actual_administrative', 'actual_institution')
    GROUP BY department_key, fiscal_year)
SELECT h.department_key, d.department_name, d.region_code, r.region_name, r.region_level, d.level, d.sector, h.fiscal_year,
       h.disclosure_key, h.workbook_document_key, h.text_document_key, h.documents, coalesce(f.errors, 0) AS errors,
       coalesce(f.warnings, 0) AS warnings,
       CASE WHEN f.errors > 0 THEN 'error' WHEN f.warnings > 0 THEN 'warning' ELSE 'clean' END AS quality_flag,
       CAST(coalesce(s.staff, i.value) AS DECIMAL(18, 2)) AS staff,
       CASE WHEN s.staff IS NOT NULL THEN 'prose' WHEN i.value IS NOT NULL THEN 'reference' END AS staff_source,
       CAST(p.value AS DECIMAL(18, 2)) AS population, CAST(x.value AS DECIMAL(18, 4)) AS deflator
FROM held h
JOIN core.dim_department d USING (department_key)
LEFT JOIN core.dim_region r ON r.region_code = d.region_code
LEFT JOIN flagged f ON f.disclosure_key = h.disclosure_key
LEFT JOIN staffed s ON s.department_key = h.department_key AND s.fiscal_year = h.fiscal_year
LEFT JOIN core.fact_reference_indicator i
       ON i.department_key = h.department_key AND i.fiscal_year = h.fiscal_year AND i.indicator = 'staff'
LEFT JOIN core.fact_reference_indicator p
       ON p.department_key = '' AND p.region_code = d.region_code AND p.fiscal_year = h.fiscal_year AND p.indicator = 'population'
LEFT JOIN core.fact_reference_indicator x
       ON x.department_key = '' AND x.region_code = d.region_code AND x.fiscal_year = h.fiscal_year AND x.indicator = 'deflator';
