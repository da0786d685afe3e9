-- title: 关键数 | Headlines
-- grain: 一个关键数 | one headline
-- unite: once
-- note: 取自 pipelines/reference/headlines.csv；各关键数的取值顺序见 headline_sources.csv | taken from pipelines/reference/headlines.csv; headline_sources.csv says where each is taken from, in order
-- column headline: 关键数代码 | Headline
-- column headline_name: 名称 | Name
-- column headline_name_en: 英文名称 | English name
-- column unit: 单位 | Unit
-- column is_required: 完整的材料应有此数 | A complete disclosure holds it

CREATE TABLE core.dim_headline (
    headline VARCHAR PRIMARY KEY,
    headline_name VARCHAR NOT NULL,
    headline_name_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    is_required BOOLEAN NOT NULL
);

INSERT INTO core.dim_headline
SELECT headline, name_zh, name_en, unit, is_required = 'true' FROM stage.reference_headlines ORDER BY headline;
