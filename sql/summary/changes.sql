-- title: 与上一版相比 | What changed
-- grain: 一行，各项计数 | one row of counts
-- note: documents、figures、claims、findings、coverage 是 sql/diff 中各文件的结果 | documents, figures, claims, findings and coverage are the answers of the files of sql/diff

SELECT (SELECT count(*) FROM documents WHERE change = 'added') AS documents_added,
       (SELECT count(*) FROM documents WHERE change = 'removed') AS documents_removed,
       (SELECT count(*) FROM documents WHERE change IN ('changed', 'replaced')) AS documents_replaced,
       (SELECT count(*) FROM figures WHERE change = 'revised') AS figures_revised,
       (SELECT count(*) FROM figures WHERE change = 'removed') AS figures_removed,
       (SELECT count(*) FROM claims WHERE change = 'revised') AS claims_revised,
       (SELECT count(*) FROM findings WHERE change = 'opened' AND severity = 'error') AS errors_opened,
       (SELECT count(*) FROM findings WHERE change = 'closed' AND severity = 'error') AS errors_closed,
       (SELECT count(*) FROM findings WHERE change = 'opened' AND severity = 'warning') AS warnings_opened,
       (SELECT count(*) FROM findings WHERE change = 'closed' AND severity = 'warning') AS warnings_closed,
       (SELECT count(*) FROM coverage WHERE change = 'lost') AS coverage_lost,
       (SELECT count(*) FROM coverage WHERE change = 'gained') AS coverage_gained
