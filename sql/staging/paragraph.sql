-- title: 载入包：段落 | Load package: paragraphs
-- grain: 说明文字中的一个段落 | one paragraph of a text
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.paragraph (
    document_key VARCHAR NOT NULL,
    line UINTEGER NOT NULL,
    section VARCHAR NOT NULL,
    section_path VARCHAR NOT NULL,
    heading_level UINTEGER NOT NULL,
    ordinal UINTEGER NOT NULL,
    has_body BOOLEAN NOT NULL,
    has_table_below BOOLEAN NOT NULL,
    text VARCHAR NOT NULL
);
