-- title: 用途说的基本支出、项目支出与报表相符 | Basic or project spending named by the purpose suits the table
-- grain: 一个用途只提到基本支出或只提到项目支出的项级科目 | one item whose purpose speaks of basic or of project spending only
-- note: 与一般公共预算支出表同一项的基本支出、项目支出比较 | compared with basic and project expenditure of the same item in the general budget table

WITH alone AS (
    SELECT disclosure_key, document_key, line_number, min(function_code) AS function_code, min(item) AS item
    FROM core.fact_claim
    WHERE is_current AND length(function_code) = 7 AND measure = 'final_account' AND section = 'general_public'
    GROUP BY disclosure_key, document_key, line_number
    HAVING min(function_code) = max(function_code)),
purposes AS (
    SELECT a.*, regexp_extract(p.text, '(?:主要用于|主要是用于|用于)[:]?([^。;]{2,80})', 1) AS purpose
    FROM alone a
    JOIN core.fact_paragraph p ON p.document_key = a.document_key AND p.line_number = a.line_number
    WHERE contains(p.text, '用于')),
spent AS (
    SELECT disclosure_key, function_code, max(amount_yuan) FILTER (component = 'total') AS total,
           coalesce(max(amount_yuan) FILTER (component = 'basic'), 0) AS basic,
           coalesce(max(amount_yuan) FILTER (component = 'project'), 0) AS project
    FROM core.fact_amount
    WHERE is_current AND report_table = 'general_budget_expenditure' AND phase = 'final_account'
        AND length(function_code) = 7
    GROUP BY ALL
    HAVING total > 0 AND count(*) FILTER (component = 'total') = 1),
judged AS (
    SELECT p.*, contains(purpose, '基本支出') AS says_basic, contains(purpose, '项目支出') AS says_project, s.basic, s.project
    FROM purposes p JOIN spent s USING (disclosure_key, function_code))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, item AS subject,
       NOT (says_basic AND project > 0 OR says_project AND basic > 0) AS holds,
       '“' || item || '”的用途只说' || if(says_basic, '基本支出', '项目支出') || '，表中基本支出' || core.plain_number(basic) || '元、项目支出'
           || core.plain_number(project) || '元' AS said_zh,
       'the purpose of ' || item || ' speaks of ' || if(says_basic, 'basic', 'project')
           || ' spending only; the table has ' || core.plain_number(basic)
           || ' basic and ' || core.plain_number(project) || ' project (yuan)' AS said_en,
       (SELECT min(d.place) FROM core.reading_doubt d JOIN core.fact_report_table t USING (document_key, sheet)
        WHERE t.disclosure_key = judged.disclosure_key AND t.report_table = 'general_budget_expenditure') AS doubt
FROM judged
WHERE says_basic <> says_project
ORDER BY ALL
