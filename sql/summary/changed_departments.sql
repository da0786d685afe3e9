-- title: 有变化的部门 | Departments that changed
-- grain: 一个部门，最要紧的在前：失去覆盖、新的错误、减少的文件、修订的数字 | one department, those that need a look first: coverage lost, errors opened, documents removed, figures revised

WITH changed AS (
    SELECT department, 'coverage_lost' AS kind, count(*) AS number FROM coverage WHERE change = 'lost'
           GROUP BY department
    UNION ALL
    SELECT department, 'errors_opened', count(*) FROM findings WHERE change = 'opened' AND severity = 'error'
           GROUP BY department
    UNION ALL
    SELECT department, 'documents_removed', count(*) FROM documents WHERE change = 'removed' GROUP BY department
    UNION ALL
    SELECT department, 'figures_revised', count(*) FROM figures WHERE change = 'revised' GROUP BY department
    UNION ALL
    SELECT department, 'claims_revised', count(*) FROM claims WHERE change = 'revised' GROUP BY department
    UNION ALL
    SELECT department, 'documents_new', count(*) FROM documents WHERE change IN ('added', 'changed', 'replaced')
           GROUP BY department),
counted AS (
    SELECT department, coalesce(sum(number) FILTER (kind = 'coverage_lost'), 0) AS coverage_lost,
           coalesce(sum(number) FILTER (kind = 'errors_opened'), 0) AS errors_opened,
           coalesce(sum(number) FILTER (kind = 'documents_removed'), 0) AS documents_removed,
           coalesce(sum(number) FILTER (kind IN ('figures_revised', 'claims_revised')), 0) AS numbers_revised,
           coalesce(sum(number) FILTER (kind = 'documents_new'), 0) AS documents_new
    FROM changed
    WHERE department <> ''
    GROUP BY department)
FROM counted
ORDER BY coverage_lost DESC, errors_opened DESC, documents_removed DESC, numbers_revised DESC, documents_new DESC,
    department
