-- title: 参与核对的各数 | Numbers compared
-- grain: 一条发现中的一个数 | one number of one finding
-- note: 每条发现最多 24 个 | 24 of a finding at most
-- column role: 在等式的哪一边 | Side of the identity
-- note: 空白单元格算作零 | a blank cell counts as zero
-- column number_to: 数字的出处 | Where the number stands

WITH parts AS (
    SELECT page_key, finding, document_key, generate_subscripts(string_split(operands, ' '), 1) AS position,
           unnest(string_split(operands, ' ')) AS part
    FROM report_findings WHERE operands <> ''),
split AS (
    SELECT page_key, finding, position, document_key, regexp_extract(part, '^([lr][+-]|%)(.*)$', ['side', 'rest']) AS part
    FROM parts WHERE position <= 24),
placed AS (
    SELECT page_key, finding, position, part.side AS side, part.rest AS rest,
           CASE WHEN part.rest = '' OR part.rest[1] = '#' THEN NULL
                WHEN starts_with(part.rest, 'doc_') THEN part.rest ELSE document_key || '/' || part.rest END AS number_key
    FROM split),
claims AS (
    SELECT document_key || '/' || line_number || ':' || char_start AS number_key, any_value(sentence) AS label,
           any_value(printed) AS printed, any_value(unit) AS unit, 'line ' || line_number AS place
    FROM core.fact_claim
    WHERE disclosure_key IN (SELECT page_key FROM report_findings)
    GROUP BY document_key, line_number, char_start)
SELECT p.page_key, p.finding, p.position,
       CASE p.side WHEN 'l+' THEN 'left +' WHEN 'l-' THEN 'left -' WHEN 'r+' THEN 'right +' WHEN 'r-' THEN 'right -' ELSE '%' END AS role,
       coalesce(a.row_label || ' | ' || a.header_path, c.label, '') AS label,
       coalesce(a.printed, c.printed, CASE WHEN p.rest = '' OR p.number_key IS NOT NULL THEN '(blank)' ELSE ltrim(p.rest, '#') END) AS printed,
       coalesce(a.unit, c.unit, '') AS unit, coalesce(a.sheet || '!' || a.cell, c.place, replace(p.rest, '/', '!')) AS place,
       CASE WHEN a.figure_key IS NOT NULL OR c.number_key IS NOT NULL OR NOT contains(p.rest, ':') THEN p.number_key END AS number_to
FROM placed p
LEFT JOIN core.fact_amount a ON a.figure_key = p.number_key
LEFT JOIN claims c ON c.number_key = p.number_key
ORDER BY p.page_key, p.finding, p.position
