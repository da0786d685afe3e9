-- title: 预算阶段 | Phases
-- grain: 年初预算、全年预算或决算 | initial budget, full-year budget or final account
-- unite: once
-- note: 取自 pipelines/reference/phases.csv | taken from pipelines/reference/phases.csv
-- column phase: 阶段代码 | Phase code
-- column phase_name: 名称 | Name
-- column phase_name_en: 英文名称 | English name
-- column sort_order: 排序 | Order

CREATE TABLE core.dim_phase (
    phase VARCHAR PRIMARY KEY,
    phase_name VARCHAR NOT NULL,
    phase_name_en VARCHAR NOT NULL,
    sort_order INTEGER NOT NULL
);

INSERT INTO core.dim_phase
SELECT phase, name_zh, name_en, CAST(sort AS INTEGER)
FROM stage.reference_phases
ORDER BY CAST(sort AS INTEGER);
