-- title: 发现，最重的在前 | Findings, worst first
-- grain: 一条发现 | one finding
-- note: 一份材料最多 120 条，多出的只计数 | 120 of a disclosure at most, the others are counted
-- column finding: 序号 | Number
-- column operands: 参与核对的各数，见 audit.check_evaluation | Numbers compared, see audit.check_evaluation
-- column findings: 该材料的发现总数 | All findings of the disclosure

WITH compared AS (
    SELECT disclosure_key, document_key, check_id, message, any_value(operands) AS operands
    FROM audit.check_evaluation
    WHERE message <> '' AND operands <> '' AND outcome IN ('broken', 'within_rounding')
    GROUP BY ALL)
SELECT CASE WHEN f.disclosure_key = '' THEN f.document_key ELSE f.disclosure_key END AS page_key,
       row_number() OVER (ORDER BY f.disclosure_key, f.document_key) AS finding,
       count(*) OVER (PARTITION BY CASE WHEN f.disclosure_key = '' THEN f.document_key ELSE f.disclosure_key END) AS findings,
       f.document_key, f.check_id, coalesce(c.check_name, '') AS check_name, coalesce(c.check_name_en, '') AS check_name_en,
       f.severity, f.outcome, f.cause, f.place, coalesce(s.message_said, f.message) AS message,
       coalesce(s.hint_said, f.hint) AS hint, coalesce(e.operands, '') AS operands
FROM core.fact_finding f
LEFT JOIN core.dim_check c USING (check_id)
LEFT JOIN compared e
       ON e.disclosure_key = f.disclosure_key AND e.document_key = f.document_key AND e.check_id = f.check_id
      AND e.message = f.message
LEFT JOIN (SELECT DISTINCT ON (document_key, check_id, message) * FROM said ORDER BY ALL) s
       ON s.document_key = f.document_key AND s.check_id = f.check_id AND s.message = f.message
WHERE f.disclosure_key IN (SELECT disclosure_key FROM wanted) AND f.disclosure_key <> ''
QUALIFY row_number() OVER (PARTITION BY f.disclosure_key
    ORDER BY array_position(['error', 'warning', 'info'], f.severity), array_position(['broken', 'within_rounding'], f.outcome),
             abs(f.difference) DESC NULLS LAST, f.check_id, f.place, f.message) <= 120
ORDER BY page_key, array_position(['error', 'warning', 'info'], f.severity),
         array_position(['broken', 'within_rounding'], f.outcome), abs(f.difference) DESC NULLS LAST, f.check_id, f.place, f.message
