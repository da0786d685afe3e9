-- title: 计量含义 | Measures
-- grain: 文字数字的一种含义 | one meaning of a number in prose
-- unite: once
-- note: 取自 pipelines/reference/measures.csv | taken from pipelines/reference/measures.csv
-- column measure: 含义代码 | Measure code
-- column measure_name: 名称 | Name
-- column measure_name_en: 英文名称 | English name
-- column is_change: 是否为变动数（带符号） | A signed change

CREATE TABLE core.dim_measure (
    measure VARCHAR PRIMARY KEY,
    measure_name VARCHAR NOT NULL,
    measure_name_en VARCHAR NOT NULL,
    is_change BOOLEAN NOT NULL
);

INSERT INTO core.dim_measure
SELECT measure, name_zh, name_en, is_change = 'true'
FROM stage.reference_measures
ORDER BY measure;
