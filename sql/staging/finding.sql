-- title: 载入包：读取时的发现 | Load package: findings made while reading
-- grain: 一条发现 | one finding
-- note: 列名与载入包的 Parquet 列一致；发布前删除 | columns are those of the Parquet load package; dropped before publishing

CREATE TABLE stage.finding (
    document_key VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    left_value DECIMAL(28, 8),
    right_value DECIMAL(28, 8),
    difference DECIMAL(28, 8),
    allowed DECIMAL(28, 8),
    hint VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);
