-- title: 批复后二十日内公开 | Published within twenty days of approval
-- grain: 批复日期与发布日期都已登记的一份公开材料 | one disclosure whose approval and publication dates are both registered
-- note: 两个日期登记在 manifest.csv 的 approval_date 与 published_date | both dates stand in manifest.csv as approval_date and published_date

SELECT disclosure_key, any_value(department_name) || ' ' || any_value(fiscal_year) AS subject,
       max(date_diff('day', approval_date, published_date)) <= 20 AS holds,
       '批复后第' || max(date_diff('day', approval_date, published_date)) || '天公开（应在二十日内）' AS said_zh,
       'published ' || max(date_diff('day', approval_date, published_date)) || ' days after approval (twenty are allowed)' AS said_en
FROM core.dim_document
WHERE outcome = 'loaded' AND approval_date IS NOT NULL AND published_date IS NOT NULL AND fiscal_year IS NOT NULL
GROUP BY disclosure_key
ORDER BY ALL
