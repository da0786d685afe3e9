-- title: 商的绝对值，以 DOUBLE 估计 | The size of a quotient, guessed as a DOUBLE
-- note: 小于 10 的 14 次方时与四舍五入后的商至多差一 | below ten to the power of 14 at most one off the rounded quotient

CREATE MACRO core.guessed_quotient(dividend, divisor, factor) AS
    round(abs(CAST(dividend AS DOUBLE)) * factor / abs(CAST(divisor AS DOUBLE)));
