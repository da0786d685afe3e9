-- title: 精确的商，在整数上相除 | An exact quotient, divided on integers
-- note: 参数同 core.quotient，每行慢约十倍：只用于估计不够准的大数 | takes what core.quotient takes and is ten times slower a row: for numbers too large for a guess

CREATE MACRO core.quotient_on_integers(dividend, divisor, factor) AS
    CASE WHEN divisor <> 0
         THEN sign(dividend) * sign(divisor)
              * ((2 * CAST(abs(dividend) * 100000000 AS HUGEINT) * factor + CAST(abs(divisor) * 100000000 AS HUGEINT))
                 // (2 * CAST(abs(divisor) * 100000000 AS HUGEINT))) END;
