-- title: 去掉小数尾零的数字 | A decimal without trailing zeros

CREATE MACRO core.plain_number(number) AS
    CASE WHEN contains(CAST(number AS VARCHAR), '.')
         THEN rtrim(rtrim(CAST(number AS VARCHAR), '0'), '.')
         ELSE CAST(number AS VARCHAR) END;
