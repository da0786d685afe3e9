-- title: 勾稽关系 | Checks
-- grain: pipelines/checks 中的一条勾稽关系 | one identity of pipelines/checks
-- unite: once
-- note: 由勾稽核对按目录写入 | written by reconciliation from the catalogue
-- column check_name: 名称 | Name in Chinese
-- column check_name_en: 英文名称 | Name in English
-- column severity: 不成立时的级别 | Severity where it is broken

CREATE TABLE core.dim_check (
    check_id VARCHAR PRIMARY KEY,
    check_name VARCHAR NOT NULL,
    check_name_en VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    cause VARCHAR NOT NULL CHECK (cause IN ('disclosure', 'extraction', 'reference', 'warehouse'))
);
