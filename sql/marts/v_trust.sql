-- title: 可信程度 | How far a disclosure can be trusted
-- grain: 一份公开材料（部门、年度） | one disclosure (department and fiscal year)
-- question: 这份材料可信到什么程度？ | How much do I trust this disclosure?
-- example: 哪些材料的主要合计对不上？ | Whose main totals do not add up?
-- ask: SELECT department_name, fiscal_year, grade, main_totals_broken, worst_percent FROM mart.v_trust WHERE grade = 'D' ORDER BY ALL
-- example: 各等级各有多少份材料？ | How many disclosures have which grade?
-- ask: SELECT grade, count(*) AS disclosures FROM mart.v_trust GROUP BY grade ORDER BY grade
-- formula: A 没有错误；B 只有比率或不足本年支出百分之一的差错；C 有超过百分之一的差错；D 主要合计对不上；没有可核对的为空 | A no error; B errors of rates or below one percent of expenditure; C an error above one percent; D a main total that does not add up; NULL where nothing could be evaluated
-- caution: 等级只说明数字互相一致，不说明真实；理由见 v_trust_reason | the grade says that figures agree with each other, not that they are true; for its reasons see v_trust_reason
-- column main_totals_broken: 涉及主要合计的不成立勾稽数 | Broken identities with a main total
-- column money_errors: 差额超过本年支出百分之一的错误数 | Errors above one percent of expenditure
-- column minor_errors: 其余错误数 | Other errors
-- column rate_errors: 比率错误与警告数 | Errors of rates, and warnings
-- column worst_difference: 最大差额（元） | Largest difference in yuan
-- column worst_percent: 最大差额占本年支出（%） | Largest difference in percent of expenditure

CREATE VIEW mart.v_trust AS
WITH reasons AS (
    SELECT disclosure_key, count(*) FILTER (weight = 'main_total') AS main_totals_broken, count(*)
           FILTER (weight = 'money') AS money_errors,
           count(*) FILTER (weight = 'minor') AS minor_errors, count(*) FILTER (weight = 'rate') AS rate_errors,
           count(*) FILTER (weight = 'rate' AND severity = 'error') AS broken_rates,
           max(difference_yuan) FILTER (severity = 'error') AS worst_difference, max(difference_percent)
               FILTER (severity = 'error') AS worst_percent
    FROM core.fact_trust GROUP BY disclosure_key)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, y.disclosure_key,
       CASE WHEN coalesce(q.evaluated, 0) = 0 THEN NULL WHEN r.main_totals_broken > 0 THEN 'D' WHEN r.money_errors > 0
           THEN 'C'
            WHEN r.minor_errors > 0 OR r.broken_rates > 0 THEN 'B' ELSE 'A' END AS grade,
       coalesce(q.evaluated, 0) AS evaluated, coalesce(r.main_totals_broken, 0) AS main_totals_broken,
       coalesce(r.money_errors, 0) AS money_errors, coalesce(r.minor_errors, 0) AS minor_errors, coalesce(r.rate_errors,
           0) AS rate_errors,
       CAST(r.worst_difference AS DECIMAL(28, 2)) AS worst_difference, r.worst_percent, y.series_key, y.quality_flag
FROM mart.v_department_year y
LEFT JOIN core.disclosure_quality q USING (disclosure_key)
LEFT JOIN reasons r USING (disclosure_key);
