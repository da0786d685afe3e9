-- title: 精确的商，四舍五入 | An exact quotient, rounded half up
-- note: 在整数上计算：DECIMAL / DECIMAL 是 DOUBLE，所以各处都不用 / | worked out on integers: DECIMAL / DECIMAL is DOUBLE, hence no statement divides with /
-- note: 除数为空或零时为空；负数按绝对值舍入 | NULL where the divisor is NULL or zero; negative numbers are rounded by their size
-- note: 两数为 DECIMAL(28, 8)，factor 不超过一百万：不会溢出 | both are DECIMAL(28, 8) and factor is a million at most: nothing overflows
-- note: factor 是 10 的小数位数次方（百分数再乘 100），即结果的整数倍数 | factor is ten to the power of the decimals (times 100 for a percent): the result comes as that many whole parts

CREATE MACRO core.quotient(dividend, divisor, factor) AS
    CASE WHEN divisor <> 0
         THEN sign(dividend) * sign(divisor)
              * ((2 * CAST(abs(dividend) * 100000000 AS HUGEINT) * factor + CAST(abs(divisor) * 100000000 AS HUGEINT))
                 // (2 * CAST(abs(divisor) * 100000000 AS HUGEINT))) END;
