-- title: 可信程度的理由 | Reasons for the grade of a disclosure
-- grain: 一份公开材料中一条不成立的勾稽关系（错误或警告级，材料自身） | one identity of one disclosure that does not hold, of severity error or warning, about what was disclosed
-- question: 等级从何而来？ | Where does the grade come from?
-- example: 差额最大的是哪些？ | Which differences are the largest?
-- ask: SELECT department_name, fiscal_year, check_id, difference_yuan, number_keys FROM mart.v_trust_reason WHERE weight <> 'rate' ORDER BY difference_yuan DESC, 1, 2, 3, 5 LIMIT 10
-- example: 主要合计在哪里对不上？ | Where do main totals not add up?
-- ask: SELECT department_name, fiscal_year, check_id, message FROM mart.v_trust_reason WHERE weight = 'main_total' ORDER BY ALL
-- column subject: 核对的行、列或项目 | Row, column or item compared
-- column difference_yuan: 差额（绝对值，元）；比率为空 | Absolute difference in yuan; NULL for rates
-- column difference_percent: 差额占本年支出（%） | Difference in percent of the year's expenditure
-- column weight: 轻重：main_total、money、minor、rate | main_total, money, minor or rate

CREATE VIEW mart.v_trust_reason AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, t.check_id, c.check_name,
       c.check_name_en, t.subject,
       t.severity, CAST(t.difference_yuan AS DECIMAL(28, 2)) AS difference_yuan, t.difference_percent, t.weight,
           t.number_keys, t.message,
       y.disclosure_key, y.series_key, y.quality_flag
FROM core.fact_trust t
JOIN mart.v_department_year y USING (disclosure_key)
JOIN core.dim_check c USING (check_id);
