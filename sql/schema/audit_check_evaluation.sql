-- title: 核对记录 | Check evaluations
-- grain: 一条勾稽关系在一份公开材料上的一次核对 | one identity evaluated once on one disclosure
-- note: 通过与无法核对的也保存：没有记录不等于通过 | passes and what could not be evaluated are stored too: silence is not a pass
-- column operands: 参与核对的各数（JSON：出处、印刷文本、数值） | Operands with place, printed text and value, as JSON
-- column diagnosis: 差异诊断 | Likely cause of the difference

CREATE TABLE audit.check_evaluation (
    check_id VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    document_key VARCHAR,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('exact', 'within_rounding', 'broken', 'not_evaluable')),
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    left_value DECIMAL(28, 8),
    right_value DECIMAL(28, 8),
    difference DECIMAL(28, 8),
    allowed DECIMAL(28, 8),
    operands JSON,
    diagnosis VARCHAR,
    message VARCHAR NOT NULL
);
