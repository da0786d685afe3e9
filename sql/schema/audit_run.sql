-- title: 运行记录 | Runs
-- grain: 一次运行 | one run of the pipeline
-- column run_id: 运行编号 | Run
-- column started_at: 开始时间 | Started
-- column finished_at: 结束时间 | Finished
-- column tool_version: 程序版本 | Program version
-- column pipelines_fingerprint: pipelines 目录指纹 | Fingerprint of pipelines/
-- column sql_fingerprint: sql 目录指纹 | Fingerprint of sql/
-- column outcome: 结果：published、held_back、failed | published, held_back or failed
-- column documents: 文件数 | Documents
-- column figures: 报表数字数 | Figures
-- column claims: 文字数字数 | Claims
-- column findings_error: 错误级发现数 | Findings of severity error
-- column findings_warning: 警告级发现数 | Findings of severity warning
-- column findings_info: 提示级发现数 | Findings of severity info
-- column seconds_by_stage: 各阶段秒数（JSON） | Seconds by stage, as JSON

CREATE TABLE audit.run (
    run_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    tool_version VARCHAR NOT NULL,
    pipelines_fingerprint VARCHAR NOT NULL,
    sql_fingerprint VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    documents BIGINT NOT NULL,
    figures BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    findings_error BIGINT NOT NULL,
    findings_warning BIGINT NOT NULL,
    findings_info BIGINT NOT NULL,
    seconds_by_stage JSON
);
