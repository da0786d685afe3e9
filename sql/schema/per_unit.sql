-- title: 单位金额（元），零除数为空 | Yuan for one unit, NULL on a zero divisor
-- note: 两位小数，精确计算后四舍五入 | two decimals, exact and rounded half up

CREATE MACRO core.per_unit(amount, units) AS
    TRY_CAST(core.quotient(CAST(amount AS DECIMAL(28, 8)), CAST(units AS DECIMAL(28, 8)), 100) * CAST(0.01 AS DECIMAL(3,
        2))
             AS DECIMAL(18, 2));
