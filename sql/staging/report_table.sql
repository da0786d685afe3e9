-- title: 载入包：报表 | Load package: report tables
-- grain: 一个文件中识别出的一张报表 | one recognised report table of one document
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.report_table (
    document_key VARCHAR NOT NULL,
    sheet_number UINTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    report_table VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    departments VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    figures UINTEGER NOT NULL
);
