-- title: 发现的历史 | Finding history
-- grain: 一条发现（同一核对、同一公开材料、同一位置） | one finding: the same check at the same place of the same disclosure
-- column finding_key: 由核对、公开材料与位置得出 | Derived from check, disclosure and place
-- column first_run_id: 首次出现的运行 | Run that saw it first
-- column last_run_id: 最近出现的运行 | Run that saw it last
-- column closed_run_id: 不再出现的运行；为空表示仍未解决 | Run that no longer saw it; NULL while open

CREATE TABLE audit.finding_history (
    finding_key VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR NOT NULL,
    closed_run_id VARCHAR
);
