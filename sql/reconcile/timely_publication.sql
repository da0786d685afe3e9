-- title: 批复后二十日内公开 | Published within twenty days of approval
-- grain: 批复日期与发布日期都已登记的一份公开材料 | one disclosure whose approval and publication dates are both registered
-- note: 两个日期登记在 manifest.csv 的 approval_date 与 published_date | both dates stand in manifest.csv as approval_date and published_date

SELECT disclosure_key, any_value(department_name) || ' ' || any_value(fiscal_year) AS subject, bool_and(is_on_time) AS holds,
       '批复后第' || any_value(lag_days) || '天公开（应在二十日内）' AS said_zh,
       'published ' || any_value(lag_days) || ' days after approval (twenty are allowed)' AS said_en
FROM mart.v_timeliness
WHERE lag_days IS NOT NULL
GROUP BY disclosure_key
ORDER BY ALL
