-- title: 收支项目 | Lines
-- grain: 一个标准收支项目或统计项目 | one standard line of a report
-- unite: once
-- note: 取自 pipelines/reference/lines.csv | taken from pipelines/reference/lines.csv
-- column line: 项目代码 | Line code
-- column line_name: 项目名称 | Name
-- column line_name_en: 英文名称 | English name
-- column flow: 流向 | Flow
-- column line_role: 角色：detail 明细、subtotal 小计、total 合计、of_which 其中 | detail, subtotal, total or of_which
-- column aliases: 别名，以 | 分隔 | Other names, separated by a bar

CREATE TABLE core.dim_line (
    line VARCHAR PRIMARY KEY,
    line_name VARCHAR NOT NULL,
    line_name_en VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    line_role VARCHAR NOT NULL,
    aliases VARCHAR NOT NULL
);

INSERT INTO core.dim_line
SELECT line, name_zh, name_en, coalesce(flow, ''), role, coalesce(aliases, '')
FROM stage.reference_lines
ORDER BY line;
