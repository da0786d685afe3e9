-- title: 预算绩效 | Budget performance
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 多少项目、多少资金做了绩效自评，得分如何？ | How many projects and how much money were self-assessed, with what scores?
-- example: 多少项目做了绩效自评？ | How many projects were self-assessed?
-- ask: SELECT department_name, fiscal_year, projects, self_assessed_projects, self_assessed_amount FROM mart.v_performance ORDER BY ALL
-- example: 自评总分最低的部门？ | Whose overall score is lowest?
-- ask: SELECT department_name, fiscal_year, overall_score FROM mart.v_performance ORDER BY overall_score NULLS LAST, 1, 2 LIMIT 10
-- formula: self_assessed_percent = 100 × 自评金额 / 项目支出；零分母为空 | self_assessed_percent = 100 × money assessed / project expenditure; NULL on a zero denominator
-- column projects: 项目数 | Projects
-- column target_projects: 编报绩效目标的项目数 | Projects with targets
-- column target_amount: 编报绩效目标的金额（元） | Money with targets, in yuan
-- column self_assessed_projects: 自评项目数 | Projects self-assessed
-- column self_assessed_amount: 自评金额（元） | Money self-assessed, in yuan
-- column overall_score: 自评总分 | Overall score
-- column graded_excellent: 优 | Graded excellent
-- column graded_good: 良 | Graded good
-- column graded_pass: 合格 | Graded pass
-- column graded_fail: 不合格 | Graded fail
-- column self_assessed_percent: 自评覆盖项目支出（%） | Money assessed in percent of project expenditure
-- column indicators: 绩效指标行数 | Rows of indicator tables

CREATE VIEW mart.v_performance AS
WITH picked AS (
    SELECT department_key, region_code, fiscal_year,
           core.pick_count(headline, value, 'performance_projects') AS projects,
           core.pick_count(headline, value, 'target_projects') AS target_projects,
           core.pick_money(headline, value, 'target_amount') AS target_amount,
           core.pick_count(headline, value, 'self_assessed_projects') AS self_assessed_projects,
           core.pick_money(headline, value, 'self_assessed_amount') AS self_assessed_amount,
           core.pick_measure(headline, value, 'overall_score') AS overall_score,
           core.pick_count(headline, value, 'graded_excellent') AS graded_excellent,
           core.pick_count(headline, value, 'graded_good') AS graded_good,
           core.pick_count(headline, value, 'graded_pass') AS graded_pass,
           core.pick_count(headline, value, 'graded_fail') AS graded_fail,
           core.pick_money(headline, value, 'project') AS project, core.keys_of(figure_key, claim_key) AS number_keys
    FROM core.fact_headline
    WHERE headline IN ('performance_projects', 'target_projects', 'target_amount', 'self_assessed_projects',
                       'self_assessed_amount', 'overall_score', 'graded_excellent', 'graded_good', 'graded_pass',
                       'graded_fail', 'project')
    GROUP BY department_key, region_code, fiscal_year),
rows_of_indicators AS (
    SELECT department_key, fiscal_year, count(*) AS indicators FROM core.fact_indicator WHERE is_current
    GROUP BY department_key, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.projects, p.target_projects,
       p.target_amount,
       p.self_assessed_projects, p.self_assessed_amount, p.overall_score, p.graded_excellent, p.graded_good,
           p.graded_pass, p.graded_fail,
       core.percent_of(p.self_assessed_amount, p.project) AS self_assessed_percent,
       coalesce(i.indicators, 0) AS indicators,
           y.series_key, y.quality_flag, p.number_keys,
       y.text_document_key AS document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
LEFT JOIN rows_of_indicators i USING (department_key, fiscal_year)
WHERE coalesce(p.projects, p.target_projects, p.self_assessed_projects, p.self_assessed_amount,
    p.overall_score) IS NOT NULL OR i.indicators > 0;
