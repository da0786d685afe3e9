-- title: 在此处的发现 | Findings at this place
-- grain: 一条发现 | one finding

SELECT check_id, severity, outcome, cause, core.plain_number(left_value) AS left_value,
       core.plain_number(right_value) AS right_value, core.plain_number(difference) AS difference,
       core.plain_number(allowed) AS allowed, message, hint
FROM core.fact_finding
WHERE document_key = $1 AND (place = $2 OR starts_with(place, $2 || ':') OR contains(place, $2 || ' '))
ORDER BY array_position(['error', 'warning', 'info'], severity), check_id
