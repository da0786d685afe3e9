-- title: 退出的文字数字 | Retired numbers in prose
-- grain: 随文件退出的一个文字数字 | one number in prose that retired with its document
-- caution: 不参与任何汇总：仅供查阅历史 | part of no total: kept to be looked up
-- column retired_run_id: 使其退出的运行 | Run that no longer met its document
-- column section: 章节代码 | Section code

CREATE TABLE audit.retired_claim (
    retired_run_id VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR,
    department_key VARCHAR,
    fiscal_year INTEGER,
    line_number UINTEGER,
    char_start UINTEGER,
    char_end UINTEGER,
    section VARCHAR,
    item VARCHAR,
    measure VARCHAR,
    basis VARCHAR,
    printed VARCHAR,
    value DECIMAL(28, 8),
    unit VARCHAR,
    amount_yuan DECIMAL(18, 2),
    sentence VARCHAR
);
