-- title: 材料质量 | Quality of a disclosure
-- grain: 一份公开材料 | one disclosure
-- note: 核对完成后由 sql/settled 填写；没有发现也没有核对的材料不在此列 | filled by sql/settled once reconciliation is done; a disclosure without findings and checks has no row
-- column errors: 错误级发现数 | Findings of severity error
-- column warnings: 警告级发现数 | Findings of severity warning
-- column checks: 核对总数；未核对为空 | Checks, NULL where none was evaluated
-- column evaluated: 可核对数 | Evaluated
-- column exact: 完全一致 | Exact
-- column within_rounding: 舍入之内 | Within rounding
-- column broken_errors: 不成立（错误） | Broken, severity error
-- column broken_warnings: 不成立（警告） | Broken, severity warning
-- column broken_infos: 不成立（提示） | Broken, severity info
-- column not_evaluable: 无法核对 | Not evaluable

CREATE TABLE core.disclosure_quality (
    disclosure_key VARCHAR PRIMARY KEY,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    checks BIGINT,
    evaluated BIGINT,
    exact BIGINT,
    within_rounding BIGINT,
    broken_errors BIGINT,
    broken_warnings BIGINT,
    broken_infos BIGINT,
    not_evaluable BIGINT
);
