-- title: 绩效指标 | Performance indicators
-- grain: 绩效指标表的一行 | one row of a performance indicator table
-- update: department_key
-- column name: 指标名称 | Indicator
-- column nature: 指标性质：≥、≤、＝、定性 | Nature: ≥, ≤, ＝ or qualitative
-- column target: 目标值，按印刷 | Target as printed
-- column actual: 实际值，按印刷 | Actual value as printed
-- column weight: 权重，按印刷 | Weight as printed
-- column score: 得分，按印刷 | Score as printed
-- column printed_row_number: 所印序号 | Row number as printed
-- column section_path: 所在标题路径 | Heading path

CREATE TABLE core.fact_indicator (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    line_number UINTEGER NOT NULL,
    printed_row_number VARCHAR NOT NULL,
    section_path VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    nature VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    actual VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    weight VARCHAR NOT NULL,
    score VARCHAR NOT NULL
);

INSERT INTO core.fact_indicator
SELECT i.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_text_current, i.line, i.row_number,
       i.section_path, i.name, i.nature, i.target, i.actual, i.unit, i.weight, i.score
FROM stage.indicator i
JOIN core.dim_document d USING (document_key)
ORDER BY d.disclosure_key, i.document_key, i.line;
