-- title: 精确的商，四舍五入 | An exact quotient, rounded half up
-- note: DECIMAL / DECIMAL 是 DOUBLE，所以各处都不用 /；整数相除精确而慢，这里先估计，再由精确的余数校正 | DECIMAL / DECIMAL is DOUBLE, hence no statement divides with /; dividing whole numbers is exact and slow: here the exact remainder corrects a guess
-- note: 除数为空或零时为空；负数按绝对值舍入 | NULL where the divisor is NULL or zero; negative numbers are rounded by their size
-- note: 两数为 DECIMAL(28, 8)，factor 不超过一百万：不会溢出 | both are DECIMAL(28, 8) and factor is a million at most: nothing overflows
-- note: factor 是 10 的小数位数次方（百分数再乘 100），即结果的整数倍数 | factor is ten to the power of the decimals (times 100 for a percent): the result comes as that many whole parts

CREATE MACRO core.quotient(dividend, divisor, factor) AS
    CASE WHEN divisor <> 0
         THEN CASE WHEN core.guessed_quotient(dividend, divisor, factor) < 100000000000000
                   THEN sign(dividend) * sign(divisor)
                        * (CAST(core.guessed_quotient(dividend, divisor, factor) AS BIGINT)
                           + CASE WHEN core.twice_remainder(dividend, divisor, factor) >= abs(divisor) THEN 1
                                  WHEN core.twice_remainder(dividend, divisor, factor) < -abs(divisor) THEN -1
                                  ELSE 0 END)
                   ELSE core.quotient_on_integers(dividend, divisor, factor) END END;
