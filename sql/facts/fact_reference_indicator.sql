-- title: 参考指标 | Reference indicators
-- grain: 一个地区或部门、一个年度、一个指标 | one region or department, fiscal year and indicator
-- update: department_key
-- note: 取自 pipelines/reference/indicators.csv；没有时相关列为空 | taken from pipelines/reference/indicators.csv; the columns that need it are NULL without it
-- column indicator: population 常住人口、staff 在职人数、deflator 价格指数；政府本级总数 government_general_budget_expenditure（分类加 _208）、government_three_public、government_departments（汇总的部门个数） | population, staff or deflator; a government's own totals: government_general_budget_expenditure (with _208 for a class), government_three_public, government_departments (how many departments a summary covers)
-- column value: 数值 | Value
-- column half_unit: 末位数字的半个单位 | Half of the last printed digit
-- column indicator_source: 来源 | Where the value is from

CREATE TABLE core.fact_reference_indicator (
    region_code VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    indicator VARCHAR NOT NULL,
    value DECIMAL(28, 8) NOT NULL,
    half_unit DECIMAL(28, 8),
    unit VARCHAR NOT NULL,
    indicator_source VARCHAR NOT NULL,
    PRIMARY KEY (region_code, department_key, fiscal_year, indicator)
);

INSERT INTO core.fact_reference_indicator
SELECT coalesce(region_code, ''), coalesce(department_key, ''), CAST(fiscal_year AS INTEGER), indicator,
       CAST(value AS DECIMAL(28, 8)), CAST(0.5 AS DECIMAL(28, 8)) / CAST(power(10, length(split_part(value, '.', 2))) AS INTEGER), coalesce(unit, ''), coalesce(source, '')
FROM stage.reference_indicators
ORDER BY ALL;
