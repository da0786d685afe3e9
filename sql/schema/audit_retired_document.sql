-- title: 退出的文件 | Retired documents
-- grain: 一个文件退出一次（不再在来源中、移走或内容改变） | one retirement of one document: no longer in the sources, moved, or changed in content
-- note: 退出的数字见 retired_figure 与 retired_claim；重新出现的文件照常载入，此处的记录保留 | its figures and numbers in prose are in retired_figure and retired_claim; a file that comes back is loaded as any other, and stays listed here
-- column retired_run_id: 使其退出的运行 | Run that no longer met it
-- column outcome: 当时的读取结果 | Outcome when it was last read
-- column is_current: 退出前为现行版 | Was current before
-- column version: 当时的版次 | Version it had

CREATE TABLE audit.retired_document (
    retired_run_id VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR,
    department_key VARCHAR,
    department_name VARCHAR,
    region_code VARCHAR,
    fiscal_year INTEGER,
    level VARCHAR,
    document_kind VARCHAR,
    version UINTEGER,
    is_current BOOLEAN,
    outcome VARCHAR,
    source VARCHAR,
    file VARCHAR,
    source_address VARCHAR,
    published_date DATE,
    sha256 VARCHAR,
    figures UINTEGER,
    claims UINTEGER,
    PRIMARY KEY (retired_run_id, document_key)
);
