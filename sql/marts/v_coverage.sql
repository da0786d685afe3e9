-- title: 覆盖情况 | Coverage
-- grain: 一个部门、一个年度（自最早持有年至最近持有年） | one department and fiscal year, from the first held to the last held
-- question: 哪些部门哪些年度缺材料？ | Which departments lack which years?
-- column has_workbook: 有报表 | Its workbook is held
-- column has_text: 有文字 | Its text is held
-- column state: both、workbook_only、text_only、missing | both, workbook_only, text_only or missing
-- column superseded_documents: 被取代的文件数 | Superseded documents

CREATE VIEW mart.v_coverage AS
WITH years AS (
    SELECT d.department_key, d.department_name, d.region_code, d.level, y.fiscal_year
    FROM core.dim_department d
    JOIN core.dim_fiscal_year y ON y.fiscal_year BETWEEN d.first_year AND d.last_year),
held AS (
    SELECT department_key, fiscal_year, bool_or(is_current AND document_kind IN ('workbook', 'mixed')) AS has_workbook,
           bool_or(is_current AND document_kind IN ('text', 'mixed')) AS has_text,
           count(*) FILTER (NOT is_current AND outcome = 'loaded') AS superseded_documents
    FROM core.dim_document GROUP BY department_key, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, coalesce(h.has_workbook, FALSE) AS has_workbook,
       coalesce(h.has_text, FALSE) AS has_text,
       CASE WHEN h.has_workbook AND h.has_text THEN 'both' WHEN h.has_workbook THEN 'workbook_only'
            WHEN h.has_text THEN 'text_only' ELSE 'missing' END AS state,
       coalesce(h.superseded_documents, 0) AS superseded_documents
FROM years y
LEFT JOIN held h USING (department_key, fiscal_year);
