-- title: 覆盖情况 | Coverage
-- grain: 一个应公开的部门或单位、一个年度，直到该地区已持有的最近年度 | one department or unit expected to disclose and fiscal year, up to the newest year held of its region
-- question: 哪些部门哪些年度缺材料？ | Which departments lack which years?
-- example: 哪些部门没有公开2023年决算？ | Who has not published 2023?
-- ask: SELECT region_code, department_name, state FROM mart.v_coverage WHERE fiscal_year = 2023 AND state IN ('missing', 'budget_only') ORDER BY ALL
-- example: 哪些材料公开得晚？ | Which disclosures were late?
-- ask: SELECT department_name, fiscal_year FROM mart.v_coverage WHERE NOT is_on_time ORDER BY ALL
-- caution: 应公开的范围见 core.fact_coverage；名单可在 pipelines/reference/expected.csv 补充 | who is expected: see core.fact_coverage; add to it in pipelines/reference/expected.csv
-- column expected_by: 依据：held 持有过、listed 部门材料列出、expected_list 应公开名单 | held in some year, listed by its department, or expected_list
-- column has_workbook: 有报表 | Its report tables are held
-- column has_text: 有文字 | Its text is held
-- column state: both 报表与文字、workbook_only、text_only、budget_only 只有预算、missing 缺、renamed 已更名、merged 已合并、split 已拆分 | both, workbook_only, text_only, budget_only, missing, or no longer expected: renamed, merged, split
-- column superseded_documents: 被取代的文件数 | Superseded documents

CREATE VIEW mart.v_coverage AS
SELECT c.department_key, c.department_name, c.region_code, c.level, c.fiscal_year, c.has_workbook, c.has_text, c.state,
       t.is_on_time,
       c.expected_by, c.successor_department_key, c.superseded_documents, d.series_key, y.quality_flag
FROM core.fact_coverage c
LEFT JOIN core.dim_department d ON d.department_key = c.department_key
LEFT JOIN mart.v_department_year y ON y.department_key = c.department_key AND y.fiscal_year = c.fiscal_year
LEFT JOIN mart.v_timeliness t ON t.department_key = c.department_key AND t.fiscal_year = c.fiscal_year;
