-- title: 核对记录 | Check evaluations
-- grain: 一条勾稽关系在一份公开材料上的一次核对；不经计算、各处都成立的合为一行 | one identity evaluated once on one disclosure; what holds everywhere without arithmetic is one row
-- update: disclosure_key
-- note: 通过与无法核对的也保存：没有记录不等于通过 | passes and what could not be evaluated are stored too: silence is not a pass
-- note: operands 列出参与核对的各数，以空格分隔：l 左边、r 右边、% 比率，+ 加、- 减，然后是位置：工作表序号/单元格（同 figure_key）或 行:起点（同 claim_key），别的文件在前面写 document_key/；没有位置的是空白单元格（零）或 #常数。印刷文本与数值在事实表中 | operands lists the numbers compared, separated by blanks: l left, r right, % rate, + added, - subtracted, then the place: sheet number/cell (as in figure_key) or line:start (as in claim_key), with document_key/ before it in another document; without a place it is a blank cell (zero) or #constant. Printed texts and values stand in the fact tables
-- column subject: 核对的行、列或项目 | Row, column or item compared
-- column identities: 合在这一行的核对次数；统计核对时求和 | Evaluations this row stands for: add them up to count evaluations
-- column operands: 参与核对的各数及其位置 | Numbers compared and their places
-- column diagnosis: 差异诊断 | Likely cause of the difference
-- column message: 发现或无法核对的说明；相等时为空，含义见 core.dim_check | What was found, or why it could not be evaluated; empty where it holds, core.dim_check says what was compared

CREATE TABLE audit.check_evaluation (
    check_id VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    identities UINTEGER NOT NULL CHECK (identities > 0),
    outcome VARCHAR NOT NULL CHECK (outcome IN ('exact', 'within_rounding', 'broken', 'not_evaluable')),
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    left_value DECIMAL(28, 8),
    right_value DECIMAL(28, 8),
    difference DECIMAL(28, 8),
    allowed DECIMAL(28, 8),
    operands VARCHAR NOT NULL,
    diagnosis VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);
