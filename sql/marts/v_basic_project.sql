-- title: 基本支出与项目支出 | Basic and project expenditure
-- grain: 一个部门、年度、资金（all 取自支出决算表，general_public_budget 取自一般公共预算支出表） | one department, fiscal year and fund (all from the expenditure table, general_public_budget from its own)
-- question: 项目支出占多大比重？ | What share goes to projects?
-- example: 项目支出占比最高的部门？ | Where is the project share largest?
-- ask: SELECT department_name, fiscal_year, project_share_percent FROM mart.v_basic_project WHERE fund = 'all' ORDER BY project_share_percent DESC NULLS LAST, 1, 2 LIMIT 10
-- example: 某部门历年项目占比？ | How did the project share of one department develop?
-- ask: SELECT fiscal_year, project, project_share_percent FROM mart.v_basic_project WHERE department_name LIKE '%应急管理局' AND fund = 'all' ORDER BY ALL
-- formula: project_share_percent = 100 × 项目 / (基本 + 项目)；零分母为空 | project_share_percent = 100 × project / (basic + project); NULL on a zero denominator
-- caution: 两个口径略有差别（如 44.96% 与 44.90%），不可混用 | the two funds differ slightly (44.96 % against 44.90 % in one case): do not mix them
-- column project_share_percent: 项目占比（%） | Project share in percent
-- column prior_project_share_percent: 上年项目占比（%） | Project share of the year before in percent

CREATE VIEW mart.v_basic_project AS
WITH kinds(fund, headline, is_project) AS (
    VALUES ('all', 'basic', FALSE), ('all', 'project', TRUE),
           ('general_public_budget', 'general_basic', FALSE), ('general_public_budget', 'general_project', TRUE)),
picked AS NOT MATERIALIZED (
    SELECT h.department_key, h.region_code, h.fiscal_year, k.fund,
           CAST(max(h.value) FILTER (NOT k.is_project) AS DECIMAL(28, 2)) AS basic,
           CAST(max(h.value) FILTER (k.is_project) AS DECIMAL(28, 2)) AS project,
           max(h.value_source) FILTER (k.is_project) AS value_source, core.doubtful(h.headline, h.doubt) AS doubtful,
           core.keys_of(h.figure_key, h.claim_key) AS number_keys,
           max(h.document_key) FILTER (k.is_project) AS document_key
    FROM core.fact_headline h
    JOIN kinds k ON k.headline = h.headline
    GROUP BY h.department_key, h.region_code, h.fiscal_year, k.fund),
-- By the department that follows, so that a question for it reads nobody else's headlines.
before AS NOT MATERIALIZED (
    SELECT y.department_key, y.region_code, y.fiscal_year, k.fund,
           CAST(max(h.value) FILTER (NOT k.is_project) AS DECIMAL(28, 2)) AS basic,
           CAST(max(h.value) FILTER (k.is_project) AS DECIMAL(28, 2)) AS project
    FROM core.fact_department_year y
    JOIN core.fact_headline h ON h.department_key = y.prior_department_key AND h.region_code = y.region_code
        AND h.fiscal_year = y.fiscal_year - 1
    JOIN kinds k ON k.headline = h.headline
    GROUP BY y.department_key, y.region_code, y.fiscal_year, k.fund)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.fund, p.basic, p.project,
       core.percent_of(p.project, p.basic + p.project) AS project_share_percent,
       core.percent_of(q.project, q.basic + q.project) AS prior_project_share_percent, p.value_source, p.doubtful,
           y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
LEFT JOIN before q ON q.department_key = p.department_key AND q.region_code = p.region_code
    AND q.fiscal_year = p.fiscal_year AND q.fund = p.fund
WHERE p.basic IS NOT NULL OR p.project IS NOT NULL;
