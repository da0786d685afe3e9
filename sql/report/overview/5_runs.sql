-- title: 最近的运行 | The latest runs
-- grain: 一次运行 | one run
-- column finished_at: 结束时间 | Finished
-- column outcome: 结果 | Outcome
-- column documents: 文件 | Documents
-- column figures: 报表数字 | Figures
-- column claims: 文字数字 | Numbers in prose
-- column findings_error: 错误 | Errors
-- column findings_warning: 警告 | Warnings

SELECT run_id, finished_at, outcome, documents, figures, claims, findings_error, findings_warning
FROM audit.run
ORDER BY run_id DESC
LIMIT 5
