-- title: 可信程度的理由 | Reasons for the grade of a disclosure
-- grain: 一份公开材料中一条不成立的勾稽关系（错误或警告级，材料自身） | one identity of one disclosure that does not hold, of severity error or warning, about what was disclosed
-- update: disclosure_key
-- formula: weight = main_total 涉及主要合计；money 差额超过本年支出的百分之一；minor 其余错误；rate 比率或警告 | weight: main_total where a main total is part of it; money where the difference exceeds one percent of the year's expenditure; minor for other errors; rate for rates and warnings
-- column subject: 核对的行、列或项目 | Row, column or item compared
-- column difference_yuan: 差额（绝对值，元）；比率为空 | Absolute difference in yuan; NULL for rates
-- column difference_percent: 差额占本年支出（%） | Difference in percent of the year's expenditure
-- column weight: 轻重：main_total、money、minor、rate | main_total, money, minor or rate
-- column number_keys: 涉及的数字（figure_key 或 claim_key，以空格分隔） | Numbers it names, as figure or claim keys separated by blanks
-- column message: 说明 | What was found

CREATE TABLE core.fact_trust (
    disclosure_key VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    difference_yuan DECIMAL(28, 8),
    difference_percent DECIMAL(18, 4),
    weight VARCHAR NOT NULL CHECK (weight IN ('main_total', 'money', 'minor', 'rate')),
    number_keys VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);

INSERT INTO core.fact_trust
WITH spent AS (
    SELECT y.disclosure_key, min(h.value) AS expenditure
    FROM core.fact_department_year y
    JOIN core.fact_headline h USING (department_key, fiscal_year)
    WHERE h.headline = 'expenditure'
    GROUP BY y.disclosure_key),
doubted AS (
    SELECT d.disclosure_key, d.check_id, d.subject, d.number_key, d.document_key, d.is_rate
    FROM core.fact_doubt d),
main_numbers AS (
    SELECT f.figure_key AS number_key
    FROM core.fact_amount f
    WHERE f.document_key IN (SELECT document_key FROM doubted)
      AND (f.line IN ('income.grand_total', 'expenditure.grand_total', 'income.current_year_total',
          'expenditure.current_year_total')
           OR f.row_role = 'total' AND f.component IN ('total', 'basic', 'project')
          AND f.report_table IN ('income', 'expenditure', 'fiscal_expenditure', 'general_budget_expenditure'))
    UNION ALL
    SELECT c.document_key || '/' || c.line_number || ':' || c.char_start
    FROM core.fact_claim c
    WHERE c.document_key IN (SELECT document_key FROM doubted) AND c.measure = 'final_account'
      AND c.line IN ('income.grand_total', 'expenditure.grand_total', 'income.current_year_total',
          'expenditure.current_year_total',
                     'expenditure.basic', 'expenditure.project')),
claims AS (
    SELECT document_key || '/' || line_number || ':' || char_start AS number_key, min(claim_key) AS claim_key
    FROM core.fact_claim
    WHERE document_key IN (SELECT document_key FROM doubted)
    GROUP BY document_key, line_number, char_start),
named AS (
    SELECT d.disclosure_key, d.check_id, d.subject, bool_or(d.number_key IN (SELECT number_key FROM main_numbers))
           AS is_main,
           bool_or(d.is_rate) AS is_rate,
           string_agg(DISTINCT coalesce(c.claim_key, d.number_key), ' ' ORDER BY coalesce(c.claim_key, d.number_key))
               AS number_keys
    FROM doubted d
    LEFT JOIN claims c USING (number_key)
    GROUP BY d.disclosure_key, d.check_id, d.subject)
SELECT e.disclosure_key, e.check_id, e.subject, e.severity, CASE WHEN NOT coalesce(n.is_rate, TRUE)
       THEN abs(e.difference) END,
       CASE WHEN NOT coalesce(n.is_rate, TRUE) THEN core.percent_of(abs(e.difference), s.expenditure) END,
       CASE WHEN e.severity <> 'error' OR n.is_rate THEN 'rate' WHEN n.is_main AND e.difference <> 0 THEN 'main_total'
            WHEN abs(e.difference) * 100 > s.expenditure THEN 'money' ELSE 'minor' END,
       coalesce(n.number_keys, ''), e.message
FROM audit.check_evaluation e
JOIN core.dim_check c USING (check_id)
LEFT JOIN named n USING (disclosure_key, check_id, subject)
LEFT JOIN spent s USING (disclosure_key)
WHERE e.outcome = 'broken' AND e.severity IN ('error', 'warning') AND c.cause = 'disclosure' AND e.disclosure_key <> ''
ORDER BY e.disclosure_key, e.check_id, e.subject, e.message;
