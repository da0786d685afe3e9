-- title: 报表 | Report tables
-- grain: 一张标准报表 | one standard report table
-- unite: once
-- note: 取自 pipelines/reference/report_tables.csv | taken from pipelines/reference/report_tables.csv
-- column report_table: 报表代码 | Report table code
-- column report_table_name: 标准名称 | Standard Chinese title
-- column report_table_name_en: 英文名称 | English title
-- column table_grain: 表的粒度 | What a row of the table is
-- column short_name: 简称 | Short name
-- column sort_order: 排序 | Order

CREATE TABLE core.dim_report_table (
    report_table VARCHAR PRIMARY KEY,
    report_table_name VARCHAR NOT NULL,
    report_table_name_en VARCHAR NOT NULL,
    table_grain VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    sort_order INTEGER NOT NULL
);

INSERT INTO core.dim_report_table
SELECT report_table, title_zh, title_en, coalesce(grain_zh, ''), coalesce(short_zh, title_zh), CAST(sort AS INTEGER)
FROM stage.reference_report_tables
ORDER BY CAST(sort AS INTEGER);
