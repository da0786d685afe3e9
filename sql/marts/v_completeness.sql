-- title: 完整性 | Completeness
-- grain: 一份公开材料（部门、年度） | one disclosure (department and fiscal year)
-- question: 该有的表和数都有吗？ | Are the tables and facts that should be there there?
-- example: 哪些材料缺必备的表？ | Which disclosures lack required tables?
-- ask: SELECT department_name, fiscal_year, missing_tables FROM mart.v_completeness WHERE missing_tables IS NOT NULL ORDER BY ALL
-- example: 完整的材料占多少？ | How many are complete?
-- ask: SELECT fiscal_year, is_complete, count(*) AS disclosures FROM mart.v_completeness GROUP BY ALL ORDER BY ALL
-- caution: 必备表按全国九张表计；必备数见 headlines.csv 的 is_required；单位和名称为事业单位的部门不要求机关运行经费 | required tables are the national nine; required facts are marked is_required in headlines.csv; running cost is not asked of units, nor of departments whose name is an institution's
-- column tables_with_data: 有数据的表 | Tables with data
-- column tables_declared_empty: 声明为空的表 | Tables declared empty
-- column tables_empty: 空且无声明的表 | Tables empty without declaration
-- column missing_tables: 缺少的必备表 | Required tables that are missing
-- column missing_headlines: 缺少的必备数 | Required facts that are missing
-- column is_complete: 必备表和必备数齐全 | Nothing required is missing

CREATE VIEW mart.v_completeness AS
WITH tables AS (
    SELECT department_key, fiscal_year, count(*) FILTER (state = 'data') AS tables_with_data,
           count(*) FILTER (state = 'declared_empty') AS tables_declared_empty, count(*)
               FILTER (state = 'empty') AS tables_empty,
           list(DISTINCT report_table ORDER BY report_table) AS found
    FROM core.fact_report_table WHERE is_current GROUP BY department_key, fiscal_year),
required AS (
    SELECT * FROM (VALUES (1, ['income_expenditure_summary']), (2, ['income', 'income_by_unit']), (3, ['expenditure',
           'expenditure_by_unit']),
        (4, ['fiscal_summary']), (5, ['general_budget_expenditure', 'general_budget_income_expenditure']),
        (6, ['general_budget_basic', 'fiscal_basic']), (7, ['government_fund']), (8, ['state_capital',
            'state_capital_income_expenditure']),
        (9, ['three_public', 'three_public_meeting_training', 'three_public_running_cost',
            'institution_operation'])) AS r(place, alternatives)),
missing_tables AS (
    SELECT y.department_key, y.fiscal_year, string_agg(t.report_table_name, '、' ORDER BY r.place) AS missing_tables
    FROM mart.v_department_year y
    CROSS JOIN required r
    JOIN core.dim_report_table t ON t.report_table = r.alternatives[1]
    LEFT JOIN tables f USING (department_key, fiscal_year)
    WHERE NOT list_has_any(coalesce(f.found, []), r.alternatives)
    GROUP BY y.department_key, y.fiscal_year),
missing_headlines AS (
    SELECT y.department_key, y.fiscal_year, string_agg(h.headline_name, '、' ORDER BY h.headline) AS missing_headlines
    FROM mart.v_department_year y
    CROSS JOIN core.dim_headline h
    LEFT JOIN core.fact_headline f
           ON f.department_key = y.department_key AND f.fiscal_year = y.fiscal_year AND f.headline = h.headline
    -- 机关运行经费 is of government bodies: units, and departments that are institutions by their name, have none.
    WHERE h.is_required AND f.headline IS NULL
      AND (h.headline <> 'running_cost' OR y.level = 'department' AND NOT regexp_matches(y.department_name,
           '(?:中心|台|党校|学校|学院|大学|中学|小学|幼儿园|医院|馆|站|研究院|研究所|报社|出版社|林场|农场)$'))
    GROUP BY y.department_key, y.fiscal_year),
unclaimed AS (
    SELECT department_key, fiscal_year, sum(unclaimed_numbers) AS unclaimed_numbers
    FROM core.dim_document WHERE is_current GROUP BY department_key, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, y.disclosure_key,
       coalesce(t.tables_with_data, 0) AS tables_with_data, coalesce(t.tables_declared_empty,
           0) AS tables_declared_empty,
       coalesce(t.tables_empty, 0) AS tables_empty, m.missing_tables, h.missing_headlines,
       CAST(coalesce(u.unclaimed_numbers, 0) AS BIGINT) AS unclaimed_numbers,
       m.missing_tables IS NULL AND h.missing_headlines IS NULL AS is_complete, y.series_key, y.quality_flag
FROM mart.v_department_year y
LEFT JOIN tables t USING (department_key, fiscal_year)
LEFT JOIN missing_tables m USING (department_key, fiscal_year)
LEFT JOIN missing_headlines h USING (department_key, fiscal_year)
LEFT JOIN unclaimed u USING (department_key, fiscal_year);
