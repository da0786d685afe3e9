-- title: 百分比，零基数为空 | A percent that is NULL on a zero base
-- note: 四位小数，精确计算后四舍五入 | four decimals, exact and rounded half up

CREATE MACRO core.percent_of(part, whole) AS
    TRY_CAST(core.quotient(CAST(part AS DECIMAL(28, 8)), CAST(whole AS DECIMAL(28, 8)),
        1000000) * CAST(0.0001 AS DECIMAL(5, 4))
             AS DECIMAL(18, 4));
