-- title: 支出功能构成 | Expenditure by functional class
-- grain: 一个部门、年度、资金、功能类 | one department, fiscal year, fund and functional class (类)
-- question: 钱花在哪些领域，集中程度如何？ | On which functions is the money spent, and how concentrated is it?
-- example: 某部门的钱花在哪些类？ | Which classes does one department spend on?
-- ask: SELECT function_name, final_account, share_percent FROM mart.v_func_mix WHERE department_name LIKE '%应急管理局' AND fiscal_year = 2023 AND fund = 'all' ORDER BY final_account DESC, 1, 2
-- example: 支出最集中的部门？ | Whose spending is most concentrated?
-- ask: SELECT DISTINCT department_name, fiscal_year, concentration FROM mart.v_func_mix WHERE fund = 'all' ORDER BY concentration DESC, 1, 2 LIMIT 10
-- formula: share_percent = 100 × 类 / 各类之和；concentration = Σ 份额²（0—1） | share_percent = 100 × class / sum of classes; concentration = Σ share² (Herfindahl, 0 to 1)
-- caution: 各 fund 之间有包含关系（all 含 fiscal，fiscal 含 general_public_budget），不可相加 | funds contain each other (all ⊃ fiscal ⊃ general_public_budget): never add them
-- column rank_in_department: 在本部门各类中的名次 | Rank among the classes of the department
-- column concentration: 集中度 | Concentration

CREATE VIEW mart.v_func_mix AS
-- The region stands beside the department: a question about one region reads its departments alone.
WITH classes AS NOT MATERIALIZED (
    SELECT y.region_code, s.*
    FROM core.fact_function_year s
    JOIN core.fact_department_year y USING (department_key, fiscal_year)
    WHERE s.function_level = 'class' AND s.final_account IS NOT NULL),
ranked AS (
    SELECT *, rank() OVER (PARTITION BY region_code, department_key, fiscal_year, fund
                           ORDER BY final_account DESC) AS rank_in_department
    FROM classes),
-- Once for a department: dividing whole numbers is slow.
summed AS (
    SELECT region_code, department_key, fiscal_year, fund, sum(final_account) AS total,
           sum(CAST(100 * final_account AS HUGEINT) * CAST(100 * final_account AS HUGEINT)) AS squares,
           CAST(100 * sum(final_account) AS HUGEINT) AS cents
    FROM classes
    GROUP BY region_code, department_key, fiscal_year, fund),
concentrated AS (
    SELECT c.*, y.department_name, y.level, y.series_key, y.quality_flag,
           CASE WHEN cents <> 0
                THEN TRY(CAST((2000000 * squares + cents * cents) // (2 * cents * cents) AS DECIMAL(18, 0))
                         * CAST(0.000001 AS DECIMAL(7, 6))) END AS concentration
    FROM summed c
    JOIN mart.v_department_year y USING (department_key, fiscal_year, region_code))
SELECT s.department_key, c.department_name, s.region_code, c.level, s.fiscal_year, s.fund, s.function_code,
       f.function_name,
       s.final_account, core.percent_of(s.final_account, c.total) AS share_percent, s.rank_in_department,
       c.concentration,
       s.final_source AS value_source, c.series_key, c.quality_flag, s.figure_key, s.claim_key, s.document_key
FROM ranked s
JOIN concentrated c USING (region_code, department_key, fiscal_year, fund)
LEFT JOIN core.dim_function_year f ON f.function_code = s.function_code AND f.fiscal_year = s.fiscal_year;
