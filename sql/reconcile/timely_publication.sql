-- title: 批复后二十日内公开 | Published within twenty days of approval
-- grain: 批复日期与发布日期都已登记的一份公开材料 | one disclosure whose approval and publication dates are both registered
-- note: 两个日期登记在 manifest.csv 的 approval_date 与 published_date | both dates stand in manifest.csv as approval_date and published_date

WITH kinds AS (
    SELECT disclosure_key, document_kind, any_value(department_name) AS department_name,
           any_value(fiscal_year) AS fiscal_year,
           min(approval_date) AS approval_date, min(published_date) AS published_date
    FROM core.dim_document WHERE outcome = 'loaded' AND fiscal_year IS NOT NULL
    GROUP BY disclosure_key, document_kind),
lags AS (
    SELECT disclosure_key, any_value(department_name) || ' ' || any_value(fiscal_year) AS subject,
           date_diff('day', min(approval_date), max(published_date)) AS lag_days
    FROM kinds GROUP BY disclosure_key)
SELECT disclosure_key, subject, lag_days <= 20 AS holds, '批复后第' || lag_days || '天公开（应在二十日内）' AS said_zh,
       'published ' || lag_days || ' days after approval (twenty are allowed)' AS said_en
FROM lags
WHERE lag_days IS NOT NULL
ORDER BY ALL
