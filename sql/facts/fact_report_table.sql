-- title: 报表 | Report tables found
-- grain: 一个文件中识别出的一张报表 | one recognised report table of one document
-- update: department_key
-- column state: data 有数据、declared_empty 声明为空、empty 空且无声明 | data, declared_empty (empty, and said so) or empty
-- column departments: 表中“部门”“编制单位”处所印名称，以竖线连接 | Names printed beside 部门 or 编制单位, joined by a vertical bar
-- column notes: 表注与空表说明 | Footnotes and declarations
-- column is_hidden: 工作表被隐藏 | The sheet is hidden
-- column figures: 数字个数 | Number of figures
-- column title: 所印标题 | Title as printed

CREATE TABLE core.fact_report_table (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    sheet_number UINTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    report_table VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('data', 'declared_empty', 'empty')),
    unit VARCHAR NOT NULL,
    departments VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    figures UINTEGER NOT NULL
);

INSERT INTO core.fact_report_table
SELECT t.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_current
       AND NOT list_contains(string_split(d.superseded_tables, '|'), t.report_table), t.sheet_number, t.sheet,
       t.report_table, t.layout, t.title, t.state, t.unit, t.departments, t.notes, t.is_hidden, t.figures
FROM stage.report_table t
JOIN core.dim_document d USING (document_key)
ORDER BY d.disclosure_key, t.document_key, t.sheet_number;
