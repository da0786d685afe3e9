-- title: 等级的由来 | Why this grade
-- grain: 一条不成立的勾稽 | one identity that does not hold
-- view: v_trust_reason
-- column check_name: 核对 | Check
-- column check_name_en: 核对 | Check
-- column subject: 对象 | Subject
-- column subject_en: 对象 | Subject
-- column weight: 分量 | Weight
-- column weight_en: 分量 | Weight
-- column difference_yuan: 相差（元） | Difference (yuan)
-- column difference_percent: 占本年支出（%） | Of the year's expenditure (%)

SELECT t.disclosure_key AS page_key, t.check_id || ' ' || t.check_name AS check_name,
       t.check_id || ' ' || t.check_name_en AS check_name_en,
       coalesce(s.chinese, t.subject) AS subject, coalesce(s.english, t.subject) AS subject_en, t.weight,
       replace(t.weight, '_', ' ') AS weight_en, t.difference_yuan, t.number_keys AS difference_yuan_to, t.difference_percent,
       t.number_keys AS difference_percent_to
FROM mart.v_trust_reason t
LEFT JOIN subjects s USING (subject)
WHERE t.disclosure_key IN (SELECT disclosure_key FROM wanted)
ORDER BY page_key, array_position(['main_total', 'money', 'minor', 'rate'], t.weight), t.difference_yuan DESC NULLS LAST,
         check_name, subject
