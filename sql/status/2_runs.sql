-- title: 最近的运行 | Last runs
-- grain: 一次运行，最近的在前 | one run, the newest first
-- note: 运行记录 runs 由程序提供：库内的 audit.run 与状态目录中此后的记录 | `runs` is given by the program: audit.run of the warehouse and what the state folder holds since
-- column run_id: 运行 | Run
-- column started_at: 开始（UTC） | Started (UTC)
-- column seconds: 秒 | Seconds
-- column outcome: 结果 | Outcome
-- column documents: 文件 | Files
-- column figures: 报表数字 | Figures
-- column claims: 文字数字 | Numbers in prose
-- column findings_error: 错误 | Errors
-- column findings_warning: 警告 | Warnings
-- column findings_info: 提示 | Information
-- column message: 原因 | Why
-- column tool_version: 程序 | Program

SELECT run_id, started_at, CAST(date_diff('second', started_at, finished_at) AS BIGINT) AS seconds, outcome, documents,
       figures, claims, findings_error, findings_warning, findings_info, message, tool_version
FROM runs
ORDER BY run_id DESC, started_at DESC
LIMIT 7
