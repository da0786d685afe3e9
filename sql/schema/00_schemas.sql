-- title: 模式 | Schemas
-- note: core 维度与事实，mart 供分析者读取的视图，audit 运行与核对记录，stage 载入时使用，发布前删除 | core holds dimensions and facts, mart the views analysts read, audit runs and checks, stage exists while loading only

CREATE SCHEMA core;
CREATE SCHEMA mart;
CREATE SCHEMA audit;
CREATE SCHEMA stage;
