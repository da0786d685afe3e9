-- title: 经济科目名称（按年度） | Names of economic codes by year
-- grain: 一个经济科目代码、一个年度 | one economic code and fiscal year
-- unite: again
-- note: 由 dim_economic 的有效期展开 | spread from the validity in dim_economic
-- column economic_key: 代码与启用年份 | Code and first year
-- column is_known: 在科目名单内 | In the code list
-- column is_in_force: 当年有效（名单的有效期覆盖当年） | Valid in that year by the list

CREATE TABLE core.dim_economic_year (
    fiscal_year INTEGER NOT NULL,
    economic_code VARCHAR NOT NULL,
    economic_key VARCHAR NOT NULL,
    economic_name VARCHAR NOT NULL,
    is_known BOOLEAN NOT NULL,
    is_in_force BOOLEAN NOT NULL,
    PRIMARY KEY (fiscal_year, economic_code)
);

INSERT INTO core.dim_economic_year
SELECT y.fiscal_year, e.economic_code, e.economic_key, e.economic_name, e.is_known, coalesce(e.valid_to,
       9999) >= y.fiscal_year
FROM core.dim_fiscal_year y
JOIN core.dim_economic e ON coalesce(e.valid_from, 0) <= y.fiscal_year
QUALIFY row_number() OVER (PARTITION BY y.fiscal_year, e.economic_code ORDER BY coalesce(e.valid_from, 0) DESC,
    e.economic_key) = 1
ORDER BY y.fiscal_year, e.economic_code;
