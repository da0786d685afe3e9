-- title: 载入包：单位构成 | Load package: listed units
-- grain: 部门决算单位构成表中的一个单位 | one unit of the list of units in a department's text
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.listed_unit (
    document_key VARCHAR NOT NULL,
    line UINTEGER NOT NULL,
    name VARCHAR NOT NULL,
    remark VARCHAR NOT NULL
);
