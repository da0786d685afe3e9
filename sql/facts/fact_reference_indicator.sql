-- title: 参考指标 | Reference indicators
-- grain: 一个地区或部门、一个年度、一个指标 | one region or department, fiscal year and indicator
-- unite: once
-- update: department_key
-- note: 取自 pipelines/reference/indicators.csv；没有时相关列为空 | taken from pipelines/reference/indicators.csv; the columns that need it are NULL without it
-- column indicator: population 常住人口、staff 在职人数、deflator 价格指数；政府本级总数 government_general_budget_expenditure（分类加 _208）、government_three_public、government_departments（汇总的部门个数） | population, staff or deflator; a government's own totals: government_general_budget_expenditure (with _208 for a class), government_three_public, government_departments (how many departments a summary covers)
-- column value: 数值，按所写单位 | Value in the unit given
-- column base_value: 折成人、元、个的数值；单位不在 indicator_units.csv 中时为空 | Value in single persons, yuan or pieces; NULL where indicator_units.csv does not hold the unit
-- column half_unit: 末位数字的半个单位 | Half of the last printed digit
-- column indicator_source: 来源 | Where the value is from

CREATE TABLE core.fact_reference_indicator (
    region_code VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    indicator VARCHAR NOT NULL,
    value DECIMAL(28, 8) NOT NULL,
    base_value DECIMAL(28, 8),
    half_unit DECIMAL(28, 8),
    unit VARCHAR NOT NULL,
    indicator_source VARCHAR NOT NULL,
    PRIMARY KEY (region_code, department_key, fiscal_year, indicator)
);

INSERT INTO core.fact_reference_indicator
SELECT coalesce(i.region_code, ''), coalesce(i.department_key, ''), CAST(i.fiscal_year AS INTEGER), i.indicator,
       CAST(i.value AS DECIMAL(28, 8)),
       CAST(CAST(i.value AS DECIMAL(28, 8)) * CASE WHEN i.unit IS NULL THEN 1
           ELSE CAST(u.factor AS INTEGER) END AS DECIMAL(28, 8)),
       CAST(0.5 * CAST('1e-' || length(split_part(i.value, '.', 2)) AS DECIMAL(20, 8)) AS DECIMAL(28, 8)),
           coalesce(i.unit, ''),
       coalesce(i.source, '')
FROM stage.reference_indicators i
LEFT JOIN stage.reference_indicator_units u ON u.unit = i.unit
ORDER BY ALL;
