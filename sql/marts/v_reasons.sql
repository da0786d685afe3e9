-- title: 增减原因 | Stated reasons
-- grain: 一条所述原因 | one stated reason
-- question: 各部门怎样解释增减？ | How do departments explain their changes?
-- column item: 事项 | What it is about
-- column direction: 方向：increase、decrease、unchanged、unknown | increase, decrease, unchanged or unknown
-- column reason: 原因文字 | Reason as printed
-- column themes: 主题（reason_themes.csv 的关键词） | Themes by keyword, see reason_themes.csv
-- column stated_change: 所述增减（元） | Change it explains, in yuan

CREATE VIEW mart.v_reasons AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, r.item, r.direction, r.text AS reason,
       (SELECT string_agg(DISTINCT t.theme, '、' ORDER BY t.theme) FROM core.dim_reason_theme t WHERE contains(r.text, t.keyword)) AS themes,
       c.amount_yuan AS stated_change, y.quality_flag, r.document_key, r.line_number, r.claim_key
FROM core.fact_reason r
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN core.fact_claim c ON c.claim_key = r.claim_key
WHERE r.is_current;
