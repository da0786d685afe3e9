-- title: 计量单位 | Units
-- grain: 一种计量单位 | one unit
-- unite: once
-- note: 取自 pipelines/reference/units.csv | taken from pipelines/reference/units.csv
-- column unit: 单位 | Unit as printed
-- column unit_kind: 种类：money 金额、percent 百分比、count 数量、other 其他 | money, percent, count or other
-- column yuan_factor: 一单位折合多少元 | Yuan in one unit, NULL when not money

CREATE TABLE core.dim_unit (
    unit VARCHAR PRIMARY KEY,
    unit_kind VARCHAR NOT NULL,
    yuan_factor DECIMAL(18, 4)
);

INSERT INTO core.dim_unit
SELECT unit, kind, CAST(yuan_factor AS DECIMAL(18, 4))
FROM stage.reference_units
ORDER BY unit;

INSERT INTO core.dim_unit
SELECT unit, min(value_kind), NULL
FROM (SELECT DISTINCT unit, value_kind FROM stage.figure UNION SELECT DISTINCT unit, value_kind FROM stage.claim)
WHERE unit NOT IN (SELECT unit FROM core.dim_unit)
GROUP BY unit
ORDER BY unit;
