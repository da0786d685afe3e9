-- title: 科目名称（按年度） | Names of functional codes by year
-- grain: 一个功能科目代码、一个年度 | one functional code and fiscal year
-- question: 这个代码在这一年叫什么？ | What was this code called in that year?
-- column certainty: 依据 | How sure the name is
-- column is_known: 在科目名单内 | In the code list
-- column is_in_force: 当年有效（名单的有效期覆盖当年） | Valid in that year by the list

CREATE VIEW mart.v_function_name AS
SELECT fiscal_year, function_code, function_name, function_level, class_code, certainty, is_known, is_in_force
FROM core.dim_function_year;
