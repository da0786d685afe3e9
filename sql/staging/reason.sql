-- title: 载入包：原因 | Load package: reasons
-- grain: 不解释数字的一条原因 | one stated reason that explains no number
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.reason (
    document_key VARCHAR NOT NULL,
    line UINTEGER NOT NULL,
    section_path VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
