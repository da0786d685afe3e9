-- title: 发现 | Findings
-- grain: 一条发现 | one finding
-- note: 发现是证据，不是结论；文件键为空表示针对整个运行 | a finding is evidence, not a verdict; an empty document_key means the run as a whole
-- column place: 位置：工作表!单元格、line 行:起-止，或为空（整个文件） | sheet!cell, line n:start-end, or empty for the whole file

CREATE TABLE core.fact_finding (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    outcome VARCHAR NOT NULL CHECK (outcome IN ('exact', 'within_rounding', 'broken', 'not_evaluable')),
    cause VARCHAR NOT NULL CHECK (cause IN ('disclosure', 'extraction', 'reference', 'warehouse')),
    place VARCHAR NOT NULL,
    left_value DECIMAL(28, 8),
    right_value DECIMAL(28, 8),
    difference DECIMAL(28, 8),
    allowed DECIMAL(28, 8),
    hint VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);

INSERT INTO core.fact_finding
SELECT f.document_key, coalesce(d.disclosure_key, ''), f.check_id, f.severity, f.outcome, f.cause, f.place,
       f.left_value, f.right_value, f.difference, f.allowed, f.hint, f.message
FROM stage.finding f
LEFT JOIN core.dim_document d USING (document_key)
ORDER BY ALL;
