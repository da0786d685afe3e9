-- title: 同一数字在各文件中一致 | One number in every copy
-- grain: 同一公开材料两种格式的文件都印的一张表 | one report table that two files of different formats of a disclosure print
-- note: 按报表、行、列含义对应；差额在两处印刷精度之内即为一致 | matched by table, row and meaning of the column; agreement is within the precision of both printings
-- note: 只比较格式不同、发布日期相同的文件：更正后的重新发布见 v_document_compare | only files of different formats published together: for corrected re-publications see v_document_compare

WITH copies AS (
    SELECT a.disclosure_key, a.document_key AS used, b.document_key AS other
    FROM core.dim_document a
    JOIN core.dim_document b ON b.disclosure_key = a.disclosure_key AND b.document_key <> a.document_key
        AND b.format <> a.format
     AND b.published_date IS NOT DISTINCT FROM a.published_date
    WHERE a.outcome = 'loaded' AND b.outcome = 'loaded' AND a.figures > 0 AND b.figures > 0),
doubts AS (
    SELECT document_key, sheet, min(place) AS place FROM core.reading_doubt GROUP BY ALL),
numbered AS (
    SELECT f.document_key, f.is_current, f.report_table, f.side, coalesce(f.code, '') AS code, f.row_name,
           coalesce(f.parent_label, '') AS parent_label, f.component, f.phase, f.fund, f.flow, f.amount_yuan,
           f.half_unit,
           f.sheet || '!' || f.cell AS place, f.printed, f.unit, d.place AS doubt,
           row_number() OVER (PARTITION BY f.document_key, f.report_table, f.side, f.code, f.row_name, f.parent_label,
               f.component, f.phase,
                              f.fund, f.flow ORDER BY f.sheet_number, f.row_number, f.column_number) AS repetition
    FROM core.fact_amount f
    LEFT JOIN doubts d USING (document_key, sheet)
    WHERE f.value_kind = 'money' AND f.document_key IN (SELECT used FROM copies)),
compared AS (
    SELECT c.disclosure_key, c.used, c.other, u.report_table, u.place, u.row_name, u.printed, u.unit,
           o.printed AS other_printed,
           o.unit AS other_unit, o.place AS other_place, coalesce(u.doubt, o.doubt) AS doubt,
           abs(u.amount_yuan - o.amount_yuan) <= u.half_unit + o.half_unit AS agrees
    FROM copies c
    JOIN numbered u ON u.document_key = c.used AND u.is_current
    JOIN numbered o ON o.document_key = c.other AND NOT o.is_current AND o.report_table = u.report_table
        AND o.side = u.side AND o.code = u.code
     AND o.row_name = u.row_name AND o.parent_label = u.parent_label AND o.component = u.component AND o.phase = u.phase
     AND o.fund = u.fund AND o.flow = u.flow AND o.repetition = u.repetition)
SELECT c.disclosure_key, c.used AS document_key, coalesce(min(c.place) FILTER (NOT c.agrees), min(c.place)) AS place,
       any_value(t.report_table_name) || ' · ' || any_value(d.file) AS subject, bool_and(c.agrees) AS holds,
       coalesce(count(*) FILTER (NOT c.agrees) || ' 个数字两处不同，如“' || arg_min(c.row_name, c.place) FILTER (NOT c.agrees)
           || '”：此处 '
           || arg_min(c.printed || c.unit, c.place) FILTER (NOT c.agrees) || '，另一处 '
           || arg_min(c.other_printed || c.other_unit || '（' || c.other_place || '）', c.place) FILTER (NOT c.agrees),
           count(*) || ' 个数字两处相同') AS said_zh,
       coalesce(count(*) FILTER (NOT c.agrees) || ' numbers differ, the first at '
           || arg_min(c.row_name, c.place) FILTER (NOT c.agrees) || ': here '
           || arg_min(c.printed || c.unit, c.place) FILTER (NOT c.agrees) || ', there '
           || arg_min(c.other_printed || c.other_unit || ' (' || c.other_place || ')', c.place) FILTER (NOT c.agrees),
           count(*) || ' numbers agree') AS said_en, min(c.doubt) AS doubt
FROM compared c
JOIN core.dim_document d ON d.document_key = c.other
LEFT JOIN core.dim_report_table t ON t.report_table = c.report_table
GROUP BY c.disclosure_key, c.used, c.other, c.report_table
ORDER BY ALL
