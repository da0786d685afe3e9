-- title: 一份公开材料的发现 | Findings of one disclosure
-- grain: 一条发现，最重的在前 | one finding, worst first
-- note: $1 disclosure_key，$2 要列出的最轻级别 | $1 disclosure_key, $2 the mildest severity wanted
-- column figure: 可交给 explain 的位置 | Place as explain takes it

SELECT f.severity, f.check_id, c.check_name, c.check_name_en, f.outcome, f.cause, f.message, f.hint,
       core.plain_number(f.left_value) AS left_value, core.plain_number(f.right_value) AS right_value,
       core.plain_number(f.difference) AS difference, core.plain_number(f.allowed) AS allowed, d.file, f.place,
       CASE WHEN regexp_matches(f.place, '^line \d+') THEN d.file || ':'
           || regexp_extract(f.place, '^line (\d+(:\d+)?)', 1)
           WHEN regexp_matches(f.place, '^.+![A-Z]+\d+') THEN d.file || '!'
           || regexp_extract(f.place, '^(.+?![A-Z]+\d+)', 1) END AS figure
FROM core.fact_finding f
LEFT JOIN core.dim_document d USING (document_key)
LEFT JOIN core.dim_check c USING (check_id)
WHERE f.disclosure_key = $1 AND f.outcome <> 'exact'
  AND array_position(['error', 'warning', 'info'], f.severity) <= array_position(['error', 'warning', 'info'], $2)
ORDER BY array_position(['error', 'warning', 'info'], f.severity), abs(f.difference) DESC NULLS LAST, f.check_id,
    d.file, f.place
