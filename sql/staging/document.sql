-- title: 载入包：文件 | Load package: documents
-- grain: 一次运行看到的一个文件 | one source file seen by a run
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.document (
    document_key VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    bytes UBIGINT NOT NULL,
    format VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    document_kind VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    department_printed VARCHAR NOT NULL,
    department_source VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    fiscal_year INTEGER,
    year_source VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    version UINTEGER NOT NULL,
    is_current BOOLEAN NOT NULL,
    is_text_current BOOLEAN NOT NULL,
    superseded_tables VARCHAR NOT NULL,
    published_date VARCHAR,
    approval_date VARCHAR,
    source_address VARCHAR,
    figures UINTEGER NOT NULL,
    claims UINTEGER NOT NULL,
    unclaimed_numbers UINTEGER NOT NULL,
    message VARCHAR NOT NULL
);
