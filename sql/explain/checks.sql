-- title: 核对 | Checks it took part in
-- grain: 一次核对中的一个数 | one number of one evaluation
-- note: 合在一行的核对（identities 大于 1）只列所问的数 | of several identities in one row only the number that is asked about is shown
-- note: 空白单元格算作零 | a blank cell counts as zero
-- note: $1 公开材料，$2 文件，$3 位置（工作表序号/单元格，或 行:起点），$4 位置只是开头（整行） | $1 disclosure, $2 document, $3 place (sheet number/cell or line:start), $4 the place is only a beginning (a whole line)

WITH evaluated AS (
    SELECT row_number() OVER (ORDER BY array_position(['broken', 'within_rounding', 'exact', 'not_evaluable'],
               e.outcome),
                              e.check_id, e.subject, e.operands) AS number,
           e.*, string_split(e.operands, ' ') AS parts
    FROM audit.check_evaluation e
    WHERE e.disclosure_key = $1 AND e.operands <> ''),
parts AS (
    SELECT number, document_key, generate_subscripts(parts, 1) AS position, unnest(parts) AS part FROM evaluated),
split AS (
    SELECT number, position, document_key, regexp_extract(part, '^([lr][+-]|%)(.*)$', ['side', 'rest']) AS part
           FROM parts),
placed AS (
    SELECT number, position, part.side AS side,
           CASE WHEN starts_with(part.rest, 'doc_') THEN split_part(part.rest, '/', 1)
               ELSE document_key END AS document_key,
           CASE WHEN starts_with(part.rest, 'doc_') THEN substr(part.rest, strpos(part.rest, '/') + 1)
               ELSE part.rest END AS place
    FROM split),
asked AS (
    SELECT number, position FROM placed
    WHERE document_key = $2 AND (place = $3 OR $4 AND starts_with(place, $3))),
cells AS (
    SELECT document_key, sheet_number || '/' || cell AS place, row_label || ' | ' || header_path AS label, printed,
           unit,
           sheet || '!' || cell AS shown
    FROM core.fact_amount WHERE document_key IN (SELECT document_key FROM placed)
    UNION ALL
    SELECT document_key, line_number || ':' || char_start, any_value(sentence), any_value(printed), any_value(unit),
           'line ' || line_number || ':' || char_start || '-' || any_value(char_end)
    FROM core.fact_claim WHERE document_key IN (SELECT document_key FROM placed)
    GROUP BY document_key, line_number, char_start),
sheets AS (
    SELECT DISTINCT document_key, sheet_number, sheet
    FROM core.fact_amount WHERE document_key IN (SELECT document_key FROM placed))
SELECT e.number, e.check_id, e.outcome, e.severity, e.left_value, e.right_value, e.difference, e.allowed, e.diagnosis,
       e.message,
       e.subject, coalesce(c.check_name, '') AS check_name, coalesce(c.check_name_en, '') AS check_name_en,
       CASE p.side WHEN 'l+' THEN 'left +' WHEN 'l-' THEN 'left -' WHEN 'r+' THEN 'right +' WHEN 'r-' THEN 'right -'
           ELSE '%' END AS role,
       coalesce(f.label, '') AS label,
       coalesce(f.printed, CASE WHEN p.place = '' THEN '0' WHEN p.place[1] = '#' THEN ltrim(p.place, '#')
           ELSE '(blank)' END) AS printed,
       coalesce(f.unit, '') AS unit,
       CASE WHEN f.place IS NULL AND s.sheet IS NULL THEN '' ELSE coalesce(d.file, '') END AS file,
       coalesce(f.shown, s.sheet || '!' || split_part(p.place, '/', 2), '') AS place, a.number IS NOT NULL AS is_this
FROM placed p
JOIN evaluated e USING (number)
LEFT JOIN asked a ON a.number = p.number AND a.position = p.position
LEFT JOIN cells f ON f.document_key = p.document_key AND f.place = p.place
LEFT JOIN sheets s ON s.document_key = p.document_key AND f.place IS NULL
    AND CAST(s.sheet_number AS VARCHAR) = split_part(p.place, '/', 1)
LEFT JOIN core.dim_document d ON d.document_key = p.document_key
LEFT JOIN core.dim_check c ON c.check_id = e.check_id
WHERE a.number IS NOT NULL OR e.identities = 1 AND p.number IN (SELECT number FROM asked)
ORDER BY p.number, p.position
