-- title: 最近一次运行修订的文字数字 | Numbers in prose the last run revised
-- grain: 一个文字数字，其文件被换成另一份，或被后来的版次取代 | one number of a text that was replaced by another, or superseded by a later version
-- note: 同一公开材料、章节、名称、含义各只有一个数字的才比较，变动大的在前，最多 60 条；全部见 juesuan diff | compared where the disclosure, section, item and meaning have one number on either side; the largest changes first, 60 at most; `juesuan diff` shows all
-- column department_name: 部门 | Department
-- column fiscal_year: 年度 | Year
-- column item: 名称 | Item
-- column measure_name: 含义 | Meaning
-- column measure_name_en: 含义 | Meaning
-- column before: 原为 | Before
-- column now: 现为 | Now
-- column change_yuan: 变动元数 | Change in yuan

WITH last AS (SELECT max(run_id) AS run_id FROM audit.run WHERE outcome = 'published'),
before AS (
    SELECT c.disclosure_key, section, item, measure, basis, printed, unit, value, amount_yuan
    FROM audit.retired_claim c
    JOIN audit.retired_document d USING (retired_run_id, document_key)
    JOIN last ON last.run_id = c.retired_run_id
    WHERE d.is_current AND c.disclosure_key <> ''
    UNION ALL
    SELECT c.disclosure_key, section, item, measure, basis, printed, unit, value, amount_yuan
    FROM core.fact_claim c
    JOIN audit.superseded_document s USING (document_key)
    JOIN last USING (run_id)
    WHERE NOT c.is_current AND s.was_text_current),
gone AS (
    SELECT disclosure_key, section, item, measure, basis, any_value(printed) AS printed, any_value(unit) AS unit,
           any_value(value) AS value, any_value(amount_yuan) AS amount_yuan
    FROM before
    GROUP BY ALL HAVING count(*) = 1),
held AS (
    SELECT disclosure_key, section, item, measure, basis, any_value(printed) AS printed, any_value(unit) AS unit,
           any_value(value) AS value, any_value(amount_yuan) AS amount_yuan, any_value(claim_key) AS claim_key
    FROM core.fact_claim
    WHERE is_current AND disclosure_key IN (SELECT disclosure_key FROM gone)
    GROUP BY ALL HAVING count(*) = 1)
SELECT w.department_name, 'department ' || w.series_key AS department_name_to, w.fiscal_year,
       'disclosure ' || w.disclosure_key AS fiscal_year_to, h.item, m.measure_name, m.measure_name_en,
       g.printed || ' ' || g.unit AS before, h.printed || ' ' || h.unit AS now, h.claim_key AS now_to,
       h.amount_yuan - g.amount_yuan AS change_yuan, h.claim_key AS change_yuan_to
FROM gone g
JOIN held h USING (disclosure_key, section, item, measure, basis)
JOIN wanted w USING (disclosure_key)
LEFT JOIN core.dim_measure m ON m.measure = h.measure
WHERE h.value IS DISTINCT FROM g.value OR h.unit <> g.unit
ORDER BY abs(h.amount_yuan - g.amount_yuan) DESC NULLS LAST, w.department_name, w.fiscal_year, h.claim_key
LIMIT 60
