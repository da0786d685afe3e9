-- title: 持平之后不应有变动原因 | A reason for a change after "no change"
-- grain: 一处说持平并给出原因的文字 | one statement of no change that is given a reason
-- note: 引出原因的文字说持平（持平的主要原因是…），或说的是别的事项，都不算；两者都没说时看原因本身说不说增减 | words that lead to a reason for staying equal, or to something else, are in order; where they say neither, the reason itself decides

WITH flat AS (
    SELECT * FROM core.fact_claim
    WHERE is_current AND claim_kind = 'flat' AND section_group NOT IN ('staff', 'duties') AND measure LIKE 'change%'),
reasons AS (
    SELECT claim_key, reason_opening AS opening, reason AS text FROM flat WHERE reason <> ''
    UNION ALL
    SELECT f.claim_key,
           coalesce(nullif(r.reason_opening, ''),
               regexp_extract(left(p.text, greatest(strpos(p.text, r.text), 1) - 1), '[^。]*$'), ''), r.text
    FROM flat f
    JOIN core.fact_reason r ON r.document_key = f.document_key
        AND r.line_number BETWEEN f.line_number AND f.line_number + 1
    LEFT JOIN core.fact_paragraph p ON p.document_key = r.document_key AND p.line_number = r.line_number
    LEFT JOIN core.fact_claim c ON c.claim_key = r.claim_key
    WHERE f.reason = '' AND c.claim_key IS NULL AND r.is_current AND r.text <> ''),
led AS (
    SELECT f.disclosure_key, f.document_key, f.line_number, f.char_start, f.char_end, f.item, r.text,
           regexp_extract(r.opening, '([^,，;；。]*)$', 1) AS opening,
           translate(r.opening, '（）“”', '()') AS whole_opening
    FROM flat f JOIN reasons r USING (claim_key)),
named AS (
    SELECT DISTINCT document_key, item AS printed, translate(item, '（）“”', '()') AS name
    FROM core.fact_claim WHERE is_current AND length(item) >= 4),
words AS (
    SELECT list(keyword) FILTER (direction = 'unchanged') AS unchanged,
           list(keyword) FILTER (direction <> 'unchanged') AS changed
    FROM core.dim_direction_word),
judged AS (
    SELECT l.*, len(list_filter(w.unchanged, word -> contains(l.opening, word))) > 0 AS explains_flat,
           len(list_filter(w.changed, word -> contains(l.opening, word))) > 0 AS explains_change,
           len(list_filter(w.changed, word -> contains(l.text, word))) > 0 AS tells_change,
           contains(l.whole_opening, translate(l.item, '（）“”', '()')) AS names_item,
           EXISTS (FROM named n WHERE n.document_key = l.document_key AND n.printed <> l.item
               AND contains(l.whole_opening, n.name)) AS names_another
    FROM led l, words w)
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end AS place,
       item AS subject,
       NOT bool_or(NOT explains_flat AND (names_item OR NOT names_another)
           AND (explains_change AND names_item OR NOT explains_change AND tells_change)) AS holds,
       '“' || item || '”说持平，又说明了变动原因“' || left(min(text), 30) || '”：数字或文字有一处是模板残留' AS said_zh,
       item || ' is said to be unchanged, and yet a reason for a change is given: ' || left(min(text), 30) AS said_en
FROM judged
GROUP BY disclosure_key, document_key, line_number, char_start, char_end, item
UNION ALL
SELECT disclosure_key, document_key, '', item, TRUE, '', '' FROM flat f
WHERE NOT EXISTS (FROM reasons r WHERE r.claim_key = f.claim_key)
ORDER BY ALL
