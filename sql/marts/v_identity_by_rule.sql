-- title: 各勾稽关系的成立情况 | Identities by rule, region and year
-- grain: 一条勾稽关系、一个地区、一个年度 | one identity, region and fiscal year
-- question: 哪些勾稽关系在哪里最常不成立？ | Which identities break where?
-- example: 哪些勾稽关系最常不成立？ | Which identities break most often?
-- ask: SELECT check_id, sum(failed) AS failed, sum(evaluated) AS evaluated FROM mart.v_identity_by_rule GROUP BY check_id ORDER BY failed DESC, check_id LIMIT 10
-- example: 哪个地区最多？ | Where?
-- ask: SELECT region_name, fiscal_year, sum(failed) AS failed FROM mart.v_identity_by_rule GROUP BY ALL ORDER BY failed DESC, 1, 2 LIMIT 10
-- formula: failed_percent = 100 × 不成立 / 已核对 | failed_percent = 100 × broken / evaluated
-- column failed: 不成立数 | Broken
-- column failed_percent: 不成立比例（%） | Broken in percent
-- column median_difference: 不成立时差额的中位数（绝对值） | Median absolute difference where broken

CREATE VIEW mart.v_identity_by_rule AS
SELECT check_id, region_code, region_name, fiscal_year, evaluated, failed, core.percent_of(failed,
       evaluated) AS failed_percent, median_difference
FROM core.identity_rule_year;
