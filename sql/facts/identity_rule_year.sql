-- title: 各勾稽关系的成立次数 | How often identities hold
-- grain: 一条勾稽关系、一个地区、一个年度 | one identity, region and fiscal year
-- note: 核对完成后由 sql/settled 填写 | filled by sql/settled once reconciliation is done
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
