-- title: 重点项目 | Key projects
-- grain: 一个部门、年度、项目、出处（报表或文字） | one department, fiscal year, project and source (table or prose)
-- question: 有哪些重点项目，预算、支出和自评得分各多少？ | Which key projects are there, with what budget, spending and score?
-- example: 有哪些重点项目？ | Which key projects are there?
-- ask: SELECT department_name, fiscal_year, project_name, budget, final_account, score FROM mart.v_key_projects ORDER BY ALL LIMIT 20
-- example: 哪些项目执行率低？ | Which projects were executed least?
-- ask: SELECT department_name, fiscal_year, project_name, execution_percent FROM mart.v_key_projects ORDER BY execution_percent NULLS LAST, 1, 2, 3 LIMIT 10
-- formula: execution_percent = 100 × 支出 / 预算；零预算为空 | execution_percent = 100 × spending / budget; NULL on a zero budget
-- caution: 报表与文字可能说同一项目，按 value_source 分开，不可相加 | table and prose may speak of the same project: they are kept apart by value_source and never added
-- column project_name: 重点项目名称 | Project
-- column score: 自评得分 | Self-assessment score

CREATE VIEW mart.v_key_projects AS
WITH in_tables AS (
    SELECT department_key, fiscal_year, row_name AS project_name, 'table' AS value_source,
           max(document_key) AS document_key,
           string_agg(DISTINCT figure_key, ' ' ORDER BY figure_key) AS number_keys,
           max(amount_yuan) FILTER (phase IN ('initial_budget', 'annual_budget')) AS budget,
           max(amount_yuan) FILTER (phase = 'final_account' AND component = 'total'
               AND flow = 'expenditure') AS final_account, NULL AS score
    FROM core.fact_amount
    WHERE is_current AND report_table IN ('project_expenditure', 'project_income_expenditure') AND row_role = 'detail'
    GROUP BY department_key, fiscal_year, row_name),
told AS (
    SELECT department_key, fiscal_year, document_key, regexp_extract(section_path, '^.*重点[^/]*项目[^/]*') AS area,
           split_part(item, '/', 1) AS project_name, item, amount_yuan, value, claim_key, half_unit, line_number,
           char_start,
           CASE WHEN measure IN ('annual_budget', 'initial_budget', 'budget_amount') THEN 'budget'
               ELSE measure END AS kind
    FROM core.fact_claim
    WHERE is_current AND contains(section_path, '重点') AND contains(section_path, '项目')
        AND claim_kind <> 'template_remnant'
      AND measure IN ('annual_budget', 'initial_budget', 'budget_amount', 'final_account', 'score')),
of_projects AS (
    -- The total of a project before its parts (预算总额, 全年支出), then the finest number.
    SELECT * FROM told WHERE contains(project_name, '项目')
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, project_name, kind
        ORDER BY contains(item, '/') AND NOT contains(item, CASE kind WHEN 'budget' THEN '总' ELSE '全年' END), half_unit,
            line_number,
                 char_start, claim_key) = 1),
alone AS (
    -- A score stated for the section belongs to its project where it has one.
    SELECT document_key, area, min(project_name) AS project_name
    FROM told WHERE kind = 'final_account' AND contains(project_name, '项目')
    GROUP BY document_key, area HAVING count(DISTINCT project_name) = 1),
section_scores AS (
    SELECT t.document_key, a.project_name, t.value AS score, t.claim_key
    FROM told t JOIN alone a USING (document_key, area)
    WHERE t.kind = 'score' AND NOT contains(t.project_name, '项目')
    QUALIFY row_number() OVER (PARTITION BY t.document_key, a.project_name ORDER BY t.line_number, t.char_start,
        t.claim_key) = 1),
in_prose AS (
    SELECT o.department_key, o.fiscal_year, o.project_name, 'prose' AS value_source,
           max(o.document_key) AS document_key,
           concat_ws(' ', string_agg(DISTINCT o.claim_key, ' ' ORDER BY o.claim_key), max(s.claim_key)) AS number_keys,
           max(o.amount_yuan) FILTER (o.kind = 'budget') AS budget, max(o.amount_yuan)
               FILTER (o.kind = 'final_account') AS final_account,
           coalesce(max(o.value) FILTER (o.kind = 'score'), max(s.score)) AS score
    FROM of_projects o
    LEFT JOIN section_scores s USING (document_key, project_name)
    GROUP BY o.department_key, o.fiscal_year, o.project_name)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.project_name, p.budget,
       p.final_account,
       core.percent_of(p.final_account, p.budget) AS execution_percent, CAST(p.score AS DECIMAL(28, 4)) AS score,
           p.value_source,
       y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM (SELECT * FROM in_tables UNION ALL SELECT * FROM in_prose) p
JOIN mart.v_department_year y USING (department_key, fiscal_year)
WHERE coalesce(p.budget, p.final_account, p.score) IS NOT NULL;
