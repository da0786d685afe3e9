-- title: 部门决算单位构成 | Units a department's accounts take in
-- grain: 单位构成表中的一个单位 | one unit of the printed list
-- update: department_key
-- column listed_name: 所印单位名称 | Name as printed
-- column remark: 该行其他各栏（并入本级等） | The other cells of its row

CREATE TABLE core.fact_listed_unit (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    line_number UINTEGER NOT NULL,
    listed_name VARCHAR NOT NULL,
    remark VARCHAR NOT NULL
);

INSERT INTO core.fact_listed_unit
SELECT u.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_text_current, u.line, u.name, u.remark
FROM stage.listed_unit u
JOIN core.dim_document d USING (document_key)
ORDER BY d.disclosure_key, u.document_key, u.line;
