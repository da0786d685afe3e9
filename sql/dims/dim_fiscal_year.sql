-- title: 财政年度 | Fiscal years
-- grain: 一个财政年度 | one fiscal year
-- unite: once
-- column previous_year: 上一年度 | The year before
-- column three_public_scope: 当年表中“三公”经费口径：general_public_budget 一般公共预算，fiscal 全部财政拨款 | Scope of the three public expenses in that year's table
-- column three_public_budget_basis: 当年表中“三公”预算数口径：initial_budget 年初预算，annual_budget 全年预算 | What 预算数 means in that year's table
-- note: “三公”口径约在 2020—2021 年改变，具体年份各地不同，此处为一般情形 | the scope of the three public expenses changed about 2020 to 2021, not everywhere in the same year: the usual case is given

CREATE TABLE core.dim_fiscal_year (
    fiscal_year INTEGER PRIMARY KEY CHECK (fiscal_year BETWEEN 1990 AND 2100),
    previous_year INTEGER NOT NULL,
    three_public_scope VARCHAR NOT NULL,
    three_public_budget_basis VARCHAR NOT NULL
);

INSERT INTO core.dim_fiscal_year
SELECT fiscal_year, fiscal_year - 1,
       CASE WHEN fiscal_year >= 2021 THEN 'fiscal' ELSE 'general_public_budget' END,
       CASE WHEN fiscal_year >= 2021 THEN 'annual_budget' ELSE 'initial_budget' END
FROM (SELECT unnest(range(2008, 2031)) AS fiscal_year
      UNION SELECT fiscal_year FROM stage.document WHERE fiscal_year BETWEEN 1990 AND 2100)
ORDER BY fiscal_year;
