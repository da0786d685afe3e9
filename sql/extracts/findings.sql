-- title: 发现明细 | Every finding
-- grain: 一条发现 | one finding
-- references: documents.document_key
-- question: 哪里对不上，哪里没读懂，该怎么办？ | What does not agree or was not understood, where, and what to do?

SELECT f.check_id, f.severity, f.outcome, f.cause, coalesce(d.file, f.document_key, '') AS file, f.place AS "where",
       core.plain_number(f.left_value) AS left_value, core.plain_number(f.right_value) AS right_value,
       core.plain_number(f.difference) AS difference, core.plain_number(f.allowed) AS allowed, f.hint, f.message,
       p.department_name AS department, d.fiscal_year, f.disclosure_key, f.document_key, d.is_current
FROM core.fact_finding f
LEFT JOIN core.dim_document d USING (document_key)
LEFT JOIN core.dim_department p ON p.department_key = d.department_key
ORDER BY array_position(['error', 'warning', 'info'], f.severity), file, f.check_id, "where", f.message
