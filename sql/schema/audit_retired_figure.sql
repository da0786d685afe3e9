-- title: 退出的报表数字 | Retired figures
-- grain: 随文件退出的一个数字 | one figure that retired with its document
-- caution: 不参与任何汇总：仅供查阅历史 | part of no total: kept to be looked up
-- column retired_run_id: 使其退出的运行 | Run that no longer met its document
-- column header_path: 表头路径，以 / 连接 | Header labels from the top down, joined by /
-- column parent_label: 所属上级行 | Label of the row above it in the tree
-- column is_current: 退出前为现行版 | Was current before

CREATE TABLE audit.retired_figure (
    retired_run_id VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR,
    department_key VARCHAR,
    fiscal_year INTEGER,
    is_current BOOLEAN,
    report_table VARCHAR,
    sheet VARCHAR,
    cell VARCHAR,
    side VARCHAR,
    row_role VARCHAR,
    component VARCHAR,
    phase VARCHAR,
    fund VARCHAR,
    flow VARCHAR,
    code VARCHAR,
    row_label VARCHAR,
    parent_label VARCHAR,
    header_path VARCHAR,
    printed VARCHAR,
    value DECIMAL(28, 8),
    unit VARCHAR,
    amount_yuan DECIMAL(18, 2)
);
