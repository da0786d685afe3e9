-- title: 文字数与报表数的核对 | Claims met with figures
-- grain: 文字中一个数字的一种含义 | one meaning of one number of the text
-- update: disclosure_key
-- note: 由勾稽核对按 pipelines/checks 的 link 规则写入；没有对应的也列出并说明原因 | written by reconciliation after the link rules of pipelines/checks; numbers that met no figure are listed with the reason
-- note: 两边的文字、单位与金额一并写下，查询时不必再找千万行报表数 | what both sides print stands here, so that a question need not look up ten million figures
-- column claim_key: 文字数 | Claim
-- column document_key: 文字所在文件 | Document of the text
-- column section: 章节代码 | Section code
-- column claim_printed: 文字所印 | As printed in the text
-- column claim_unit: 文字的单位 | Unit in the text
-- column claim_amount: 文字金额（元） | Amount in the text, in yuan
-- column figure_document_key: 报表所在文件，没有对应时为空 | Document of the figure, empty when there is none
-- column figure_printed: 报表所印，没有对应时为空 | As printed in the table, empty when there is none
-- column figure_unit: 报表的单位，没有对应时为空 | Unit in the table, empty when there is none
-- column figure_amount: 报表金额（元） | Amount in the table, in yuan
-- column outcome: exact、within_rounding、broken、not_evaluable 或 unlinked | exact, within_rounding, broken, not_evaluable or unlinked
-- column reason: 没有对应的原因 | Why there is no figure

CREATE TABLE core.claim_link (
    claim_key VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    line_number UINTEGER NOT NULL,
    char_start UINTEGER NOT NULL,
    char_end UINTEGER NOT NULL,
    section VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    claim_printed VARCHAR NOT NULL,
    claim_unit VARCHAR NOT NULL,
    claim_amount DECIMAL(18, 2),
    figure_document_key VARCHAR NOT NULL,
    sheet_number UINTEGER,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    figure_printed VARCHAR NOT NULL,
    figure_unit VARCHAR NOT NULL,
    figure_amount DECIMAL(18, 2),
    check_id VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('exact', 'within_rounding', 'broken', 'not_evaluable', 'unlinked')),
    reason VARCHAR NOT NULL
);
