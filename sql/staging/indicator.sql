-- title: 载入包：绩效指标 | Load package: performance indicators
-- grain: 绩效指标表的一行 | one row of a performance indicator table
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.indicator (
    document_key VARCHAR NOT NULL,
    line UINTEGER NOT NULL,
    row_number VARCHAR NOT NULL,
    section_path VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    nature VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    actual VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    weight VARCHAR NOT NULL,
    score VARCHAR NOT NULL
);
