-- title: 整数，不是整数的为空 | A whole number, NULL where there is a fraction

CREATE MACRO core.whole_number(number) AS CASE WHEN number = trunc(number) THEN CAST(number AS BIGINT) END;
