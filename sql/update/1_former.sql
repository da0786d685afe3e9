-- title: 更新前的样子 | What stood before an update
-- note: 随模式 stage 在发布前删除；勾稽核对以外的发现每次都由载入包重新得出 | goes with the schema stage before publishing; findings that are not reconciliation's come from the load package every time

CREATE TABLE stage.former_document AS FROM core.dim_document;
CREATE TABLE stage.former_department AS FROM core.dim_department;
ALTER TABLE core.fact_finding RENAME TO former_finding;
CREATE TABLE stage.former_quality AS FROM core.disclosure_quality;
