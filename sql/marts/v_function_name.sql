-- title: 科目名称（按年度） | Names of functional codes by year
-- grain: 一个功能科目代码、一个年度 | one functional code and fiscal year
-- question: 这个代码在这一年叫什么？ | What was this code called in that year?
-- example: 某代码历年叫什么？ | What was a code called over the years?
-- ask: SELECT function_name, min(fiscal_year) AS first_year, max(fiscal_year) AS last_year FROM mart.v_function_name WHERE function_code = '2240106' GROUP BY function_name ORDER BY first_year, 1
-- example: 哪些代码在2023年不再有效？ | Which codes were no longer valid in 2023?
-- ask: SELECT function_code, function_name FROM mart.v_function_name WHERE fiscal_year = 2023 AND NOT is_in_force ORDER BY ALL LIMIT 10
-- column is_known: 在科目名单内 | In the code list
-- column is_in_force: 当年有效（名单的有效期覆盖当年） | Valid in that year by the list

CREATE VIEW mart.v_function_name AS
SELECT fiscal_year, function_code, function_name, function_level, class_code, certainty, is_known, is_in_force
FROM core.dim_function_year;
