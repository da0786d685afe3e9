-- title: 部门年度（材料与参考指标） | Departments by year: documents and reference indicators
-- grain: 一个部门或单位、一个年度（持有现行材料） | one department or unit and fiscal year with current documents
-- update: department_key
-- note: 各视图都用它：部门、地区只算一次；质量标记见 mart.v_department_year | every view uses it: names and regions are worked out once; for the quality flag see mart.v_department_year
-- column region_level: 行政级别 | Level of the region
-- column sector: 领域；更名前后相同，取最后的名称 | Sector, that of the last name of a department that was renamed
-- column workbook_document_key: 报表文件 | Its workbook
-- column text_document_key: 文字文件 | Its text
-- column documents: 现行文件数 | Current documents
-- column series_key: 只是更名的部门共有的键（见 dim_department） | Key shared by the names of one department that was only renamed, see dim_department
-- column prior_department_key: 上一年度以何名持有：自己，或更名前的部门；没有则为空 | Who held the year before: itself, or the one name it was renamed from; else NULL
-- column reform_flag: 当年或次年发生机构改革 | The department was reformed in this year or became one of its heirs
-- caution: 改革年份取材料中换名之年，看不出时取 department_successors.csv 所载 | the year of a reform is the one in which the documents change names, else that of department_successors.csv
-- column population: 常住人口（参考指标，无则为空） | Population (reference indicator, else NULL)
-- column deflator: 价格指数（参考指标，无则为空） | Deflator, base 100 (reference indicator, else NULL)

CREATE TABLE core.fact_department_year (
    department_key VARCHAR NOT NULL,
    department_name VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    region_name VARCHAR,
    region_level VARCHAR,
    level VARCHAR NOT NULL,
    sector VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    series_key VARCHAR NOT NULL,
    prior_department_key VARCHAR,
    disclosure_key VARCHAR NOT NULL,
    workbook_document_key VARCHAR,
    text_document_key VARCHAR,
    documents BIGINT NOT NULL,
    reform_flag BOOLEAN NOT NULL,
    population DECIMAL(18, 2),
    deflator DECIMAL(18, 4),
    PRIMARY KEY (department_key, fiscal_year)
);

INSERT INTO core.fact_department_year
WITH held AS (
    SELECT department_key, fiscal_year, max(disclosure_key) AS disclosure_key,
           max(document_key) FILTER (document_kind IN ('workbook', 'mixed')) AS workbook_document_key,
           max(document_key) FILTER (document_kind IN ('text', 'mixed')) AS text_document_key,
           count(*) AS documents
    FROM core.dim_document
    WHERE is_current AND fiscal_year IS NOT NULL
    GROUP BY department_key, fiscal_year),
renamed AS (
    SELECT d.successor_department_key AS department_key, h.fiscal_year + 1 AS fiscal_year,
           min(h.department_key) AS former_key
    FROM held h
    JOIN core.dim_department d USING (department_key)
    WHERE d.succession_kind = 'rename' AND d.successor_department_key IS NOT NULL
    GROUP BY d.successor_department_key, h.fiscal_year
    HAVING count(*) = 1),
successions AS (
    SELECT o.department_key, o.successor_department_key,
           CASE WHEN n.first_year = o.last_year + 1 THEN n.first_year ELSE o.succession_year END AS reform_year
    FROM core.dim_department o
    LEFT JOIN core.dim_department n ON n.department_key = o.successor_department_key
    WHERE o.succession_year IS NOT NULL),
reforms AS (
    SELECT department_key, reform_year AS fiscal_year FROM successions
    UNION
    SELECT successor_department_key, reform_year FROM successions WHERE successor_department_key IS NOT NULL)
SELECT h.department_key, d.department_name, d.region_code, r.region_name, r.region_level, d.level,
       coalesce(nullif(l.sector, ''), d.sector), h.fiscal_year,
       d.series_key, coalesce(b.department_key, f.former_key),
       h.disclosure_key, h.workbook_document_key, h.text_document_key, h.documents, e.department_key IS NOT NULL,
           p.base_value, x.value
FROM held h
JOIN core.dim_department d USING (department_key)
LEFT JOIN core.dim_department l ON l.department_key = d.series_key
LEFT JOIN held b ON b.department_key = h.department_key AND b.fiscal_year = h.fiscal_year - 1
LEFT JOIN renamed f ON f.department_key = h.department_key AND f.fiscal_year = h.fiscal_year
LEFT JOIN core.dim_region r ON r.region_code = d.region_code
LEFT JOIN reforms e ON e.department_key = h.department_key AND e.fiscal_year = h.fiscal_year
LEFT JOIN core.fact_reference_indicator p
       ON p.department_key = '' AND p.region_code = d.region_code AND p.fiscal_year = h.fiscal_year
           AND p.indicator = 'population'
LEFT JOIN core.fact_reference_indicator x
       ON x.department_key = '' AND x.region_code = d.region_code AND x.fiscal_year = h.fiscal_year
           AND x.indicator = 'deflator'
ORDER BY h.department_key, h.fiscal_year;
