-- title: 流向 | Flows
-- grain: 一种流向 | one direction of money
-- unite: once
-- note: 取自 pipelines/reference/flows.csv | taken from pipelines/reference/flows.csv
-- column flow: 流向代码 | Flow code
-- column flow_name: 名称 | Name
-- column flow_name_en: 英文名称 | English name

CREATE TABLE core.dim_flow (
    flow VARCHAR PRIMARY KEY,
    flow_name VARCHAR NOT NULL,
    flow_name_en VARCHAR NOT NULL
);

INSERT INTO core.dim_flow
SELECT flow, name_zh, name_en
FROM stage.reference_flows
ORDER BY flow;
