-- title: 地区汇总 | Regions rolled up
-- grain: 一个地区、年度、关键数（金额） | one region, fiscal year and headline (money)
-- question: 一个地区各部门合计多少，覆盖多少部门？ | What do a region's departments add up to, and how many are covered?
-- example: 一个地区各部门合计多少？ | What do the departments of a region add up to?
-- ask: SELECT region_name, fiscal_year, total_yuan, departments, expected_departments FROM mart.v_region_rollup WHERE headline = 'expenditure' ORDER BY ALL
-- example: 哪些合计含有可疑的数？ | Which sums contain doubtful numbers?
-- ask: SELECT region_name, fiscal_year, headline, doubtful_departments, doubtful_yuan FROM mart.v_region_rollup WHERE doubtful_departments > 0 ORDER BY ALL
-- formula: 只汇总部门数（level = department）；coverage_percent = 100 × 有数部门 / 当年应公开的部门 | departments only, never units; coverage_percent = 100 × departments with the value / departments expected that year (v_coverage)
-- caution: 只含已持有的部门，不等于本级财政支出（转移支付、涉密、口径不同） | held departments only; never equal to the government's own total (transfers, secrecy, other basis)
-- column total_yuan: 合计（元） | Sum in yuan
-- column expected_departments: 当年应公开的部门数（见 v_coverage） | Departments expected that year, see v_coverage
-- column doubtful_departments: 其中数字有疑点的部门数（见 fact_headline.doubt） | Departments whose value is in doubt, see fact_headline.doubt
-- column doubtful_yuan: 其中有疑点的金额（元） | Sum of the values in doubt, in yuan
-- caution: 地区不明的部门不汇总 | departments of unknown region are not rolled up
-- column coverage_percent: 覆盖率（%） | Coverage in percent

CREATE VIEW mart.v_region_rollup AS
WITH expected AS (
    SELECT region_code, fiscal_year, count(*) AS expected_departments
    FROM core.fact_coverage
    WHERE level = 'department' AND state NOT IN ('renamed', 'merged', 'split')
    GROUP BY region_code, fiscal_year)
SELECT y.region_code, y.region_name, y.fiscal_year, h.headline, n.headline_name,
       CAST(sum(h.value) AS DECIMAL(28, 2)) AS total_yuan, count(*) AS departments,
       min(e.expected_departments) AS expected_departments,
       core.percent_of(count(*), min(e.expected_departments)) AS coverage_percent,
       count(*) FILTER (h.doubt IS NOT NULL) AS doubtful_departments,
       CAST(coalesce(sum(h.value) FILTER (h.doubt IS NOT NULL), 0) AS DECIMAL(28, 2)) AS doubtful_yuan
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
JOIN core.dim_headline n USING (headline)
JOIN expected e ON e.region_code = y.region_code AND e.fiscal_year = y.fiscal_year
WHERE y.level = 'department' AND y.region_code <> '' AND n.unit = '元'
GROUP BY y.region_code, y.region_name, y.fiscal_year, h.headline, n.headline_name;
