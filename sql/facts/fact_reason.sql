-- title: 所述原因 | Stated reasons
-- grain: 一条所述原因（解释数字的与不解释数字的） | one stated reason, whether it explains a number or not
-- update: department_key
-- column claim_key: 所解释的数字；为空表示不解释数字 | The number it explains; NULL when it explains none
-- column item: 事项 | What it is about
-- column direction: increase 增加、decrease 减少、unchanged 持平、unknown 未说明 | increase, decrease, unchanged or unknown
-- column text: 原因文字 | Reason as printed
-- column section_path: 所在标题路径 | Heading path

CREATE TABLE core.fact_reason (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    line_number UINTEGER NOT NULL,
    section_path VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    direction VARCHAR NOT NULL CHECK (direction IN ('increase', 'decrease', 'unchanged', 'unknown')),
    text VARCHAR NOT NULL,
    claim_key VARCHAR
);

INSERT INTO core.fact_reason
SELECT document_key, disclosure_key, department_key, fiscal_year, is_current, line_number, section_path, item,
       CASE WHEN measure NOT IN (SELECT measure FROM core.dim_measure WHERE is_change) THEN 'unknown'
            WHEN value > 0 THEN 'increase' WHEN value < 0 THEN 'decrease' ELSE 'unchanged' END,
       reason, claim_key
FROM core.fact_claim
WHERE reason <> ''
UNION ALL
SELECT r.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_text_current, r.line, r.section_path, r.item,
       'unknown', r.text, NULL
FROM stage.reason r
JOIN core.dim_document d USING (document_key)
ORDER BY disclosure_key, document_key, line_number, claim_key;
