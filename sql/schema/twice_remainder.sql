-- title: 估计的商留下的余数的两倍，精确 | Twice what a guessed quotient leaves, exact
-- note: 不小于除数时商应加一，小于负除数时应减一 | the quotient is one more where this is not below the divisor, one less where it is below the negative divisor

CREATE MACRO core.twice_remainder(dividend, divisor, factor) AS
    2 * (abs(dividend) * CAST(factor AS DECIMAL(7, 0))
         - CAST(core.guessed_quotient(dividend, divisor, factor) AS DECIMAL(18, 0)) * abs(divisor));
