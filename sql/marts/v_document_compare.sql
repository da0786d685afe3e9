-- title: 版次比较 | Versions compared
-- grain: 一份公开材料相邻两版中不同的一个数字 | one figure that differs between two consecutive versions of a disclosure
-- question: 重新发布改了哪些数？ | What did the re-publication change?
-- example: 更正的材料改了哪些数？ | What did a corrected disclosure change?
-- ask: FROM mart.v_document_compare ORDER BY ALL LIMIT 20
-- example: 哪些材料改得最多？ | Which were changed most?
-- ask: SELECT later_document_key, count(*) AS changes FROM mart.v_document_compare GROUP BY ALL ORDER BY changes DESC, 1, 2 LIMIT 10
-- caution: 按报表、行、列含义对应，行名改动会显示为删除加新增 | matched by table, row and column meaning: a renamed row shows as one removed and one added
-- note: change_kind：changed 改动、removed 删除、added 新增 | change_kind is changed, removed or added
-- column earlier_document_key: 旧版文件 | Earlier document
-- column later_document_key: 新版文件 | Later document
-- column earlier_version: 旧版次 | Earlier version
-- column later_version: 新版次 | Later version
-- column earlier_amount: 旧数（元） | Earlier amount in yuan
-- column later_amount: 新数（元） | Later amount in yuan
-- column earlier_place: 旧位置 | Earlier place
-- column later_place: 新位置 | Later place

CREATE VIEW mart.v_document_compare AS
WITH pairs AS (
    SELECT e.disclosure_key, e.document_key AS earlier_document_key, l.document_key AS later_document_key,
           e.version AS earlier_version,
           l.version AS later_version
    FROM core.dim_document e
    JOIN core.dim_document l ON l.disclosure_key = e.disclosure_key AND l.document_kind = e.document_kind
        AND l.version = e.version + 1
    WHERE e.outcome = 'loaded' AND l.outcome = 'loaded'),
numbered AS (
    SELECT disclosure_key, document_key, report_table, side, coalesce(code, '') AS code, row_name,
           coalesce(parent_label, '') AS parent_label,
           component, phase, fund, flow, amount_yuan, sheet || '!' || cell AS place,
           row_number() OVER (PARTITION BY disclosure_key, document_key, report_table, side, code, row_name,
               parent_label, component, phase, fund,
                              flow ORDER BY sheet_number, row_number, column_number) AS repetition
    FROM core.fact_amount
    WHERE value_kind = 'money' AND disclosure_key IN (SELECT disclosure_key FROM pairs)),
roles AS (
    SELECT *, earlier_document_key AS document_key, 'earlier' AS role FROM pairs
    UNION ALL
    SELECT *, later_document_key, 'later' FROM pairs),
compared AS (
    SELECT r.disclosure_key, r.earlier_document_key, r.later_document_key, r.earlier_version, r.later_version,
           n.report_table, n.side, n.code,
           n.row_name, n.parent_label, n.component, n.phase, n.fund, n.flow, n.repetition,
           max(n.amount_yuan) FILTER (r.role = 'earlier') AS earlier_amount, max(n.amount_yuan)
               FILTER (r.role = 'later') AS later_amount,
           max(n.place) FILTER (r.role = 'earlier') AS earlier_place, max(n.place)
               FILTER (r.role = 'later') AS later_place
    FROM roles r
    JOIN numbered n USING (disclosure_key, document_key)
    GROUP BY ALL)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, disclosure_key, earlier_document_key,
       later_document_key, earlier_version, later_version, report_table, side, code, row_name, component, phase, fund,
       flow, earlier_amount, later_amount, earlier_place, later_place,
       CASE WHEN later_place IS NULL THEN 'removed' WHEN earlier_place IS NULL THEN 'added'
           ELSE 'changed' END AS change_kind,
       y.series_key, y.quality_flag
FROM compared
JOIN mart.v_department_year y USING (disclosure_key)
WHERE earlier_amount IS DISTINCT FROM later_amount;
