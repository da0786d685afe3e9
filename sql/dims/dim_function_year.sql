-- title: 科目名称（按年度） | Names of functional codes by year
-- grain: 一个功能科目代码、一个年度 | one functional code and fiscal year
-- unite: again
-- note: 由 dim_function 的有效期展开；停用后仍出现的代码沿用最后的名称，is_in_force 为假 | spread from the validity in dim_function; a code still printed after its end keeps its last name with is_in_force false
-- note: 一年一码一行由 QUALIFY 保证，不设主键：主键的索引比整张表还费时 | one row for a year and code by QUALIFY, without a primary key: its index takes longer than the whole table
-- column certainty: 依据 | How sure the name is
-- column is_known: 在科目名单内 | In the code list
-- column is_in_force: 当年有效（名单的有效期覆盖当年） | Valid in that year by the list

CREATE TABLE core.dim_function_year (
    fiscal_year INTEGER NOT NULL,
    function_code VARCHAR NOT NULL,
    function_key VARCHAR NOT NULL,
    function_name VARCHAR NOT NULL,
    function_level VARCHAR NOT NULL,
    class_code VARCHAR NOT NULL,
    certainty VARCHAR NOT NULL,
    is_known BOOLEAN NOT NULL,
    is_in_force BOOLEAN NOT NULL
);

INSERT INTO core.dim_function_year
SELECT y.fiscal_year, f.function_code, f.function_key, f.function_name, f.function_level, f.class_code, f.certainty,
       f.is_known,
       coalesce(f.valid_to, 9999) >= y.fiscal_year
FROM core.dim_fiscal_year y
JOIN core.dim_function f ON coalesce(f.valid_from, 0) <= y.fiscal_year
QUALIFY row_number() OVER (PARTITION BY y.fiscal_year, f.function_code ORDER BY coalesce(f.valid_from, 0) DESC,
    f.function_key) = 1
ORDER BY y.fiscal_year, f.function_code;
