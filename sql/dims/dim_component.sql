-- title: 栏目 | Column meanings
-- grain: 一种栏目含义 | one meaning of an amount column
-- unite: once
-- note: 取自 pipelines/reference/components.csv | taken from pipelines/reference/components.csv
-- column component: 栏目代码 | Component code
-- column component_name: 栏目名称 | Name
-- column component_name_en: 英文名称 | English name
-- column parent_component: 上级栏目 | Component it is part of
-- column applies_to_flow: 适用流向 | Flow it applies to

CREATE TABLE core.dim_component (
    component VARCHAR PRIMARY KEY,
    component_name VARCHAR NOT NULL,
    component_name_en VARCHAR NOT NULL,
    parent_component VARCHAR,
    applies_to_flow VARCHAR
);

INSERT INTO core.dim_component
SELECT component, name_zh, name_en, parent_component, applies_to_flow
FROM stage.reference_components
ORDER BY component;
