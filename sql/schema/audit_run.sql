-- title: 运行记录 | Runs
-- grain: 一次运行 | one run of the pipeline
-- note: 未发布的运行由下一次发布补记（来自状态目录的 runs.jsonl） | runs that published nothing are entered by the next one that does, from runs.jsonl of the state folder
-- column run_id: 运行编号 | Run
-- column started_at: 开始时间 | Started
-- column finished_at: 结束时间 | Finished
-- column tool_version: 程序版本 | Program version
-- column pipelines_fingerprint: pipelines 目录指纹 | Fingerprint of pipelines/
-- column sql_fingerprint: sql 目录指纹 | Fingerprint of sql/
-- column outcome: 结果：published 已发布、nothing_new 无变化、held_back 被质量门拦下、failed 失败、stopped 被要求停止、killed 未留记录即中断 | published, nothing_new, held_back by a gate, failed, stopped when asked to, or killed (ended without a record)
-- column message: 未发布的原因 | Why nothing was published
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
    message VARCHAR NOT NULL DEFAULT '',
    documents BIGINT,
    figures BIGINT,
    claims BIGINT,
    findings_error BIGINT,
    findings_warning BIGINT,
    findings_info BIGINT,
    seconds_by_stage JSON
);
