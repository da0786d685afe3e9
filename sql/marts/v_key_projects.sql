-- title: 重点项目 | Key projects
-- grain: 一个部门、年度、项目、出处（报表或文字） | one department, fiscal year, project and source (table or prose)
-- question: 有哪些重点项目，预算、支出和自评得分各多少？ | Which key projects are there, with what budget, spending and score?
-- formula: execution_percent = 100 × 支出 / 预算；零预算为空 | execution_percent = 100 × spending / budget; NULL on a zero budget
-- caution: 报表与文字可能说同一项目，按 value_source 分开，不可相加 | table and prose may speak of the same project: they are kept apart by value_source and never added
-- column project_name: 项目名称 | Project
-- column budget: 预算 | Budget
-- column final_account: 支出 | Spending
-- column execution_percent: 执行率（%） | Execution in percent
-- column score: 自评得分 | Self-assessment score

CREATE VIEW mart.v_key_projects AS
WITH in_tables AS (
    SELECT department_key, fiscal_year, row_name AS project_name, 'table' AS value_source, max(document_key) AS document_key,
           max(amount_yuan) FILTER (phase IN ('initial_budget', 'annual_budget')) AS budget,
           max(amount_yuan) FILTER (phase = 'final_account' AND component = 'total' AND flow = 'expenditure') AS final_account, NULL AS score
    FROM core.fact_amount
    WHERE is_current AND report_table IN ('project_expenditure', 'project_income_expenditure') AND row_role = 'detail'
    GROUP BY department_key, fiscal_year, row_name),
in_prose AS (
    SELECT department_key, fiscal_year, split_part(item, '/', 1) AS project_name, 'prose' AS value_source, max(document_key) AS document_key,
           arg_min(amount_yuan, (contains(item, '/') AND NOT contains(item, '总'), line_number, char_start)) FILTER (measure IN ('annual_budget', 'initial_budget', 'budget_amount')) AS budget,
           arg_min(amount_yuan, (contains(item, '/') AND NOT contains(item, '全年'), half_unit, line_number, char_start)) FILTER (measure = 'final_account') AS final_account,
           arg_min(value, (line_number, char_start)) FILTER (measure = 'score') AS score
    FROM core.fact_claim
    WHERE is_current AND contains(section_path, '重点') AND contains(section_path, '项目') AND contains(split_part(item, '/', 1), '项目')
      AND claim_kind <> 'template_remnant'
    GROUP BY department_key, fiscal_year, split_part(item, '/', 1))
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.project_name, p.budget, p.final_account,
       core.percent_of(p.final_account, p.budget) AS execution_percent, CAST(p.score AS DECIMAL(18, 4)) AS score, p.value_source,
       y.quality_flag, p.document_key
FROM (SELECT * FROM in_tables UNION ALL SELECT * FROM in_prose) p
JOIN mart.v_department_year y USING (department_key, fiscal_year)
WHERE coalesce(p.budget, p.final_account, p.score) IS NOT NULL;
