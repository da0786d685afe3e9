-- title: 载入包：文字数字 | Load package: claims
-- grain: 文字中的一个数字 | one number stated in prose
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.claim (
    document_key VARCHAR NOT NULL,
    line UINTEGER NOT NULL,
    char_start UINTEGER NOT NULL,
    char_end UINTEGER NOT NULL,
    printed VARCHAR NOT NULL,
    value DECIMAL(28, 8),
    unit VARCHAR NOT NULL,
    value_kind VARCHAR NOT NULL,
    amount_yuan DECIMAL(18, 2),
    half_unit DECIMAL(28, 8),
    section VARCHAR NOT NULL,
    section_path VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    item_printed VARCHAR NOT NULL,
    line_code VARCHAR,
    function_code VARCHAR,
    economic_code VARCHAR,
    item_path VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    fund VARCHAR NOT NULL,
    stated_year INTEGER,
    kind VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    reason_opening VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    meaning UINTEGER NOT NULL,
    page INTEGER
);
