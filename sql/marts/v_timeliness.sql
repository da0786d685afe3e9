-- title: 公开及时性 | Timeliness
-- grain: 一份公开材料（部门、年度） | one disclosure (department and fiscal year)
-- question: 批复后20日内公开了吗？ | Was it disclosed within 20 days of approval?
-- example: 哪些材料超过二十日才公开？ | Which disclosures came after more than twenty days?
-- ask: SELECT department_name, fiscal_year, lag_days FROM mart.v_timeliness WHERE NOT is_on_time ORDER BY lag_days DESC, 1, 2
-- example: 哪些材料更正过？ | Which were published again?
-- ask: SELECT department_name, fiscal_year, versions FROM mart.v_timeliness WHERE versions > 1 ORDER BY ALL
-- formula: lag_days = 发布日期 − 批复日期；及时 = 不超过20日（预算法第十四条） | lag_days = published − approved; on time within 20 days (Budget Law, article 14)
-- caution: 批复日期通常不公开，此时 lag_days 与 is_on_time 为空 | the approval date is usually not disclosed: lag_days and is_on_time are then NULL
-- note: published_date 是报表与文字都已发布之日（首次） | published_date is when tables and text were both out, in their first version
-- column approval_date: 批复日期 | Approved on
-- column lag_days: 间隔天数 | Days between them
-- column versions: 版次数 | Versions published

CREATE VIEW mart.v_timeliness AS
WITH published AS (
    -- All of it is out when its last kind is: tables on time and the text late is late. Later versions are corrections.
    SELECT disclosure_key, min(approval_date) AS approval_date, max(published_date) AS published_date,
           max(versions) AS versions
    FROM (SELECT disclosure_key, document_kind, min(approval_date) AS approval_date,
        min(published_date) AS published_date,
                 max(version) AS versions
          FROM core.dim_document WHERE outcome = 'loaded' GROUP BY disclosure_key, document_kind)
    GROUP BY disclosure_key)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, y.disclosure_key, p.approval_date,
       p.published_date,
       date_diff('day', p.approval_date, p.published_date) AS lag_days,
       date_diff('day', p.approval_date, p.published_date) <= 20 AS is_on_time, p.versions, y.series_key, y.quality_flag
FROM published p
JOIN mart.v_department_year y USING (disclosure_key);
