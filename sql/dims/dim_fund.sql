-- title: 资金性质 | Funds
-- grain: 一种预算资金 | one kind of budget money
-- unite: once
-- note: 取自 pipelines/reference/funds.csv | taken from pipelines/reference/funds.csv
-- column fund: 资金代码 | Fund code
-- column fund_name: 名称 | Name
-- column fund_name_en: 英文名称 | English name
-- column parent_fund: 上级资金 | Fund it is part of

CREATE TABLE core.dim_fund (
    fund VARCHAR PRIMARY KEY,
    fund_name VARCHAR NOT NULL,
    fund_name_en VARCHAR NOT NULL,
    parent_fund VARCHAR
);

INSERT INTO core.dim_fund
SELECT fund, name_zh, name_en, parent_fund
FROM stage.reference_funds
ORDER BY fund;
