-- title: 应公开与已持有 | Expected and held
-- grain: 一个应公开的部门或单位、一个年度，直到该地区已持有的最近年度 | one department or unit expected to disclose and fiscal year, up to the newest year held of its region
-- unite: of_its_region
-- note: 应公开的：任何年度持有过决算的、部门材料中列出的所属单位（并入本级的除外）、pipelines/reference/expected.csv 所列的 | expected are those whose final accounts are held for any year, the units a department lists (other than those within its own level), and those of pipelines/reference/expected.csv
-- column department_key: 部门键；从未持有材料的为空 | Department; empty for one of which nothing was ever held
-- column expected_by: 依据：held 持有过、listed 部门材料列出、expected_list 应公开名单 | held in some year, listed by its department, or expected_list
-- column state: both 报表与文字、workbook_only、text_only、budget_only 只有预算、missing 缺、renamed 已更名、merged 已合并、split 已拆分 | both, workbook_only, text_only, budget_only, missing, or no longer expected: renamed, merged, split
-- column has_workbook: 有报表 | Its report tables are held
-- column has_text: 有文字 | Its text is held
-- column successor_department_key: 承接部门 | Who succeeded it
-- column superseded_documents: 被取代的文件数 | Superseded documents

CREATE TABLE core.fact_coverage (
    department_key VARCHAR NOT NULL,
    department_name VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    expected_by VARCHAR NOT NULL CHECK (expected_by IN ('held', 'listed', 'expected_list')),
    state VARCHAR NOT NULL,
    has_workbook BOOLEAN NOT NULL,
    has_text BOOLEAN NOT NULL,
    successor_department_key VARCHAR,
    superseded_documents BIGINT NOT NULL,
    PRIMARY KEY (region_code, level, department_name, department_key, fiscal_year)
);

INSERT INTO core.fact_coverage
WITH tables AS (
    SELECT DISTINCT document_key FROM core.fact_report_table),
held AS (
    SELECT d.department_key, d.fiscal_year, bool_or(d.outcome = 'loaded') AS is_held,
           bool_or(d.is_current AND t.document_key IS NOT NULL) AS has_workbook,
           bool_or(d.is_text_current AND d.document_kind IN ('text', 'mixed')) AS has_text,
               bool_or(d.outcome = 'budget') AS has_budget,
           count(*) FILTER (NOT d.is_current AND d.outcome = 'loaded') AS superseded_documents
    FROM core.dim_document d
    LEFT JOIN tables t USING (document_key)
    WHERE d.fiscal_year IS NOT NULL AND d.outcome IN ('loaded', 'budget')
    GROUP BY d.department_key, d.fiscal_year),
known AS (
    SELECT department_key, min(fiscal_year) AS first_year, max(fiscal_year) AS last_year FROM held WHERE is_held
    GROUP BY department_key),
newest AS (
    SELECT d.region_code, max(k.last_year) AS last_year
    FROM known k JOIN core.dim_department d USING (department_key) GROUP BY d.region_code),
living AS (
    SELECT d.department_key, d.department_name, d.region_code, d.level, k.first_year, n.last_year,
           'held' AS expected_by,
           CASE WHEN d.succession_kind IS NOT NULL
                THEN greatest(k.last_year + 1, least(coalesce(s.first_year, d.succession_year),
                    d.succession_year)) END AS gone_from,
           d.succession_kind, d.successor_department_key
    FROM known k
    JOIN core.dim_department d USING (department_key)
    JOIN newest n ON n.region_code = d.region_code
    LEFT JOIN known s ON s.department_key = d.successor_department_key),
listed AS (
    SELECT DISTINCT d.region_code, u.listed_name AS department_name, 'unit' AS level, u.fiscal_year
    FROM core.fact_listed_unit u
    JOIN core.dim_department d USING (department_key)
    WHERE u.is_current AND u.fiscal_year IS NOT NULL AND NOT contains(u.remark, '本级')
      AND NOT regexp_matches(u.listed_name, '本级|(?:机关|本部)\)?$')),
listed_spans AS (
    SELECT region_code, department_name, level, min(fiscal_year) AS first_year, NULL AS last_year,
           'listed' AS expected_by
    FROM listed GROUP BY region_code, department_name, level
    UNION ALL
    SELECT coalesce(region_code, ''), department, coalesce(level, 'department'), TRY_CAST(first_year AS INTEGER),
           TRY_CAST(last_year AS INTEGER), 'expected_list'
    FROM stage.reference_expected),
-- 区图书馆 is the library of the district, whose name comes without its place.
names AS (
    SELECT region_code, unnest([department_name, department_short_name] || string_split(printed_names, '、')
                               || [area || department_short_name FOR area IN ['省', '市', '州', '区', '县', '旗']])
           AS department_name
    FROM core.dim_department),
never_held AS (
    SELECT s.* FROM listed_spans s
    ANTI JOIN names n USING (region_code, department_name)
    QUALIFY row_number() OVER (PARTITION BY s.region_code, s.level, s.department_name ORDER BY s.expected_by,
            s.first_year) = 1),
expected AS (
    FROM living
    UNION ALL
    SELECT '', s.department_name, s.region_code, s.level, coalesce(s.first_year, n.last_year), coalesce(s.last_year,
           n.last_year),
           s.expected_by, NULL, NULL, NULL
    FROM never_held s
    LEFT JOIN newest n USING (region_code)
    WHERE coalesce(s.first_year, n.last_year) IS NOT NULL AND coalesce(s.last_year, n.last_year) IS NOT NULL)
SELECT e.department_key, e.department_name, e.region_code, e.level, y.fiscal_year, e.expected_by,
       CASE WHEN h.has_workbook AND h.has_text THEN 'both' WHEN h.has_workbook THEN 'workbook_only'
            WHEN h.has_text THEN 'text_only' WHEN h.has_budget THEN 'budget_only'
            WHEN y.fiscal_year >= e.gone_from
            THEN CASE e.succession_kind WHEN 'rename' THEN 'renamed' WHEN 'merge' THEN 'merged' ELSE 'split' END
            ELSE 'missing' END,
       coalesce(h.has_workbook, FALSE), coalesce(h.has_text, FALSE), e.successor_department_key,
           coalesce(h.superseded_documents, 0)
FROM expected e
JOIN core.dim_fiscal_year y ON y.fiscal_year BETWEEN e.first_year AND e.last_year
LEFT JOIN held h ON h.department_key = e.department_key AND h.fiscal_year = y.fiscal_year
ORDER BY e.region_code, e.level, e.department_name, e.department_key, y.fiscal_year;
