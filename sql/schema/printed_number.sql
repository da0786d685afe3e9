-- title: 按印刷位数写出的数字 | A value with the decimals it was printed with
-- note: 印刷文本是普通数字且数值相同时，保留其小数位，否则去掉尾零 | keeps the printed decimals where the printed text is a plain number of the same value, else drops trailing zeros
-- note: 十位以内的整数部分先用 DECIMAL(18, 8) 比较：比 DECIMAL(28, 8) 快五十倍 | up to ten whole digits are compared as DECIMAL(18, 8), which is parsed fifty times faster than DECIMAL(28, 8)

CREATE MACRO core.printed_number(printed, number) AS
    CASE WHEN regexp_full_match(replace(trim(printed), ',', ''), '-?[0-9]{1,18}(\.[0-9]{1,8})?')
              AND abs(coalesce(CAST(TRY_CAST(replace(trim(printed), ',', '') AS DECIMAL(18, 8)) AS DECIMAL(28, 8)),
                               TRY_CAST(replace(trim(printed), ',', '') AS DECIMAL(28, 8)))) = abs(number)
         THEN (CASE WHEN number < 0 THEN '-' ELSE '' END) || ltrim(replace(trim(printed), ',', ''), '-')
         ELSE core.plain_number(number) END;
