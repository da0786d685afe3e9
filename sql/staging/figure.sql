-- title: 载入包：报表数字 | Load package: figures
-- grain: 一个单元格中的一个金额或数量 | one printed amount or count in one cell
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.figure (
    document_key VARCHAR NOT NULL,
    sheet_number UINTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    row_number UINTEGER NOT NULL,
    column_number UINTEGER NOT NULL,
    report_table VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    component VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    fund VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    row_role VARCHAR NOT NULL,
    line VARCHAR,
    code VARCHAR,
    function_code VARCHAR,
    economic_code VARCHAR,
    row_label VARCHAR NOT NULL,
    row_name VARCHAR NOT NULL,
    parent_label VARCHAR,
    header_path VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    value DECIMAL(28, 8),
    unit VARCHAR NOT NULL,
    unit_source VARCHAR NOT NULL,
    value_kind VARCHAR NOT NULL,
    amount_yuan DECIMAL(18, 2),
    half_unit DECIMAL(28, 8),
    correction VARCHAR,
    page INTEGER,
    page_box VARCHAR
);
