-- title: 文字数与报表数的核对 | Claims met with figures
-- grain: 文字中的一个数 | one number of the text
-- update: disclosure_key
-- note: 由勾稽核对按 pipelines/checks 的 link 规则写入；没有对应的也列出并说明原因 | written by reconciliation after the link rules of pipelines/checks; numbers that met no figure are listed with the reason
-- column document_key: 文字所在文件 | Document of the text
-- column figure_document_key: 报表所在文件，没有对应时为空 | Document of the figure, empty when there is none
-- column outcome: exact、within_rounding、broken、not_evaluable 或 unlinked | exact, within_rounding, broken, not_evaluable or unlinked
-- column reason: 没有对应的原因 | Why there is no figure

CREATE TABLE core.claim_link (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    line_number UINTEGER NOT NULL,
    char_start UINTEGER NOT NULL,
    figure_document_key VARCHAR NOT NULL,
    sheet_number UINTEGER,
    cell VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('exact', 'within_rounding', 'broken', 'not_evaluable', 'unlinked')),
    reason VARCHAR NOT NULL
);
