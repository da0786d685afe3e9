-- title: 各勾稽关系的成立次数 | How often identities hold
-- grain: 一条勾稽关系、一个地区、一个年度 | one identity, region and fiscal year
-- update: region_code
-- column evaluated: 已核对数 | Evaluated
-- column failed: 不成立数 | Broken
-- column median_difference: 不成立时差额的中位数（绝对值） | Median absolute difference where broken

CREATE TABLE core.identity_rule_year (
    check_id VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    region_name VARCHAR,
    fiscal_year INTEGER NOT NULL,
    evaluated BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    median_difference DECIMAL(28, 4)
);

INSERT INTO core.identity_rule_year
WITH totals AS (
    SELECT e.check_id, y.region_code, min(y.region_name) AS region_name, y.fiscal_year,
           coalesce(sum(e.identities) FILTER (e.outcome <> 'not_evaluable'), 0) AS evaluated,
           count(*) FILTER (e.outcome = 'broken') AS failed
    FROM audit.check_evaluation e
    JOIN core.fact_department_year y USING (disclosure_key)
    GROUP BY e.check_id, y.region_code, y.fiscal_year),
broken AS (
    SELECT e.check_id, y.region_code, y.fiscal_year, core.middle_of(list(abs(e.difference) ORDER BY abs(e.difference))
           FILTER (e.difference IS NOT NULL)) AS median_difference
    FROM audit.check_evaluation e
    JOIN core.fact_department_year y USING (disclosure_key)
    WHERE e.outcome = 'broken'
    GROUP BY e.check_id, y.region_code, y.fiscal_year)
SELECT t.check_id, t.region_code, t.region_name, t.fiscal_year, t.evaluated, t.failed, b.median_difference
FROM totals t
LEFT JOIN broken b USING (check_id, region_code, fiscal_year)
ORDER BY t.region_code, t.fiscal_year, t.check_id;
