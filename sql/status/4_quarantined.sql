-- title: 未载入的文件 | Files that were not loaded
-- grain: 一个文件 | one file
-- column outcome: 结果 | Outcome
-- column why: 原因 | Why
-- column what_to_do: 处理办法 | What to do

SELECT d.file, d.outcome, coalesce(nullif(d.message, ''), first(f.message ORDER BY f.severity, f.check_id), '') AS why,
       coalesce(first(f.hint ORDER BY f.severity, f.check_id), '') AS what_to_do
FROM core.dim_document d
LEFT JOIN core.fact_finding f ON f.document_key = d.document_key
    AND (f.cause = 'extraction' OR starts_with(f.check_id, 'decode.'))
WHERE d.outcome <> 'loaded'
GROUP BY d.document_key, d.file, d.outcome, d.message
ORDER BY d.outcome, d.file
