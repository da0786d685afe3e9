-- title: 最近的运行 | The latest runs
-- grain: 一次运行 | one run
-- note: 各数记在 audit.run；所计之物逐条见所链的视图 | counted in audit.run; what is counted is listed by the views that are linked to
-- column finished_at: 结束时间 | Finished
-- column outcome: 结果 | Outcome
-- column documents: 文件 | Documents
-- column figures: 报表数字 | Figures
-- column claims: 文字数字 | Numbers in prose
-- column findings_error: 错误 | Errors
-- column findings_warning: 警告 | Warnings

SELECT run_id, finished_at, outcome, documents, 'view v_completeness' AS documents_to,
       figures, 'view v_figure_source' AS figures_to, claims, 'view v_claim_figure' AS claims_to,
       findings_error, 'view v_trust_reason' AS findings_error_to,
       findings_warning, 'view v_trust_reason' AS findings_warning_to
FROM audit.run
ORDER BY run_id DESC
LIMIT 5
