-- title: 报表数字 | Figures in report tables
-- grain: 一个文件一张工作表一个单元格中的一个数字 | one printed figure in one cell of one document
-- update: department_key
-- caution: 合计行与明细行并存：求和前先按 row_role 取一种；现行与被取代的文件并存：用 is_current | totals stand beside their parts: pick one row_role before adding; superseded documents stand beside current ones: use is_current
-- caution: 部门数与单位数不可相加（见 dim_department.level） | never add departments and units, see dim_department.level
-- note: 行序即载入包的顺序：千万行的排序比载入还慢 | rows keep the order of the load package: sorting ten million rows takes longer than loading them
-- note: 数字的唯一性由 sql/checks 检查，不设主键索引（千万行时索引比数据还大） | uniqueness is kept by sql/checks instead of a primary key: at ten million rows the index outweighs the data
-- note: 科目名称按 (fiscal_year, function_code) 取自 dim_function_year，经济科目同此 | the name of a code is found by (fiscal_year, function_code) in dim_function_year, economic codes likewise
-- column document_number: 文件序号（见 dim_document） | Number of the document, see dim_document
-- column correction: 更正条目（pipelines/corrections 的文件:行），为空即按印刷文本 | Entry under pipelines/corrections that replaced the printed text
-- column value: 数值，按印刷单位；超出 20 位整数时为空 | Value in the printed unit; NULL beyond 20 whole digits
-- column amount_yuan: 金额（元）；没有金额单位或超出 16 位整数时为空 | Amount in yuan; NULL without a money unit or beyond 16 whole digits
-- column page: 所在页（从 1 起）；没有页的格式为空 | Page it is printed on, from 1; NULL for formats without pages
-- column page_box: 页上的单元格：左,上,右,下（磅，自左上角） | Its cell on the page: left,top,right,bottom in points from the top left
-- column reading: 由图片识别者为 ocr，文件自身所载者为空 | ocr where a program recognised it on a picture of its page; empty where the file itself says what it prints
-- column reading_score: 识别程序的把握（百分数，该格最低者）；非识别者为空 | How sure that program was, in percent, of the least sure text of its cell; NULL where nothing was recognised
-- column figure_key: 文件、工作表与单元格 | Document, sheet and cell
-- column header_path: 表头路径，以 / 连接 | Header labels from the top down, joined by /
-- column parent_label: 所属上级行 | Label of the row above it in the tree

CREATE TABLE core.fact_amount (
    document_key VARCHAR NOT NULL,
    document_number UINTEGER NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    report_table VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    sheet_number UINTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    row_number UINTEGER NOT NULL,
    column_number UINTEGER NOT NULL,
    side VARCHAR NOT NULL CHECK (side IN ('收入', '支出', '')),
    row_role VARCHAR NOT NULL CHECK (row_role IN ('detail', 'subtotal', 'total', 'of_which')),
    line VARCHAR,
    component VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    fund VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
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
    value_kind VARCHAR NOT NULL CHECK (value_kind IN ('money', 'percent', 'count', 'other')),
    amount_yuan DECIMAL(18, 2),
    half_unit DECIMAL(28, 8),
    correction VARCHAR,
    page INTEGER,
    page_box VARCHAR,
    reading_score INTEGER,
    reading VARCHAR GENERATED ALWAYS AS (CASE WHEN reading_score IS NULL THEN '' ELSE 'ocr' END) VIRTUAL,
    figure_key VARCHAR GENERATED ALWAYS AS (document_key || '/' || sheet_number || '/' || cell) VIRTUAL
);

INSERT INTO core.fact_amount
SELECT f.document_key, d.document_number, d.disclosure_key, d.department_key, d.fiscal_year,
       d.is_current AND (d.superseded_tables = '' OR NOT list_contains(string_split(d.superseded_tables, '|'),
           f.report_table)),
       f.report_table, f.layout, f.sheet_number, f.sheet, f.cell, f.row_number, f.column_number, f.side, f.row_role,
       f.line,
       f.component, f.phase, f.fund, f.flow, f.code, f.function_code, f.economic_code, f.row_label, f.row_name,
       f.parent_label,
       f.header_path, f.printed, f.value, f.unit, f.unit_source, f.value_kind, f.amount_yuan, f.half_unit, f.correction,
       f.page, f.page_box, f.reading_score
FROM stage.figure f
JOIN core.dim_document d USING (document_key);
