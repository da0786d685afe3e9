-- title: 中位数 | The median of a list
-- note: 偶数个时为中间两数的平均，精确到四位小数 | of an even number of values the mean of the middle two, exact to four decimals

CREATE MACRO core.middle_of(ordered) AS
    CAST(core.quotient(CAST(ordered[(len(ordered) + 1) // 2] + ordered[len(ordered) // 2 + 1] AS DECIMAL(28, 8)),
                       CAST(2 AS DECIMAL(28, 8)), 10000) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(28, 4));
