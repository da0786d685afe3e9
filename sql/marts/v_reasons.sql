-- title: 增减原因 | Stated reasons
-- grain: 一条所述原因 | one stated reason
-- question: 各部门怎样解释增减？ | How do departments explain their changes?
-- example: 哪些原因解释哪些变动，各多少元？ | Which reasons explain which change, in yuan?
-- ask: SELECT department_name, fiscal_year, item, basis, change_yuan, reason FROM mart.v_reasons WHERE change_yuan IS NOT NULL ORDER BY abs(change_yuan) DESC, 1, 2, 3, 4, 6 LIMIT 20
-- example: 各主题解释了多少增减？ | How much does each theme explain?
-- ask: SELECT themes, direction, count(*) AS reasons, sum(change_yuan) AS change_yuan FROM mart.v_reasons WHERE themes IS NOT NULL GROUP BY ALL ORDER BY reasons DESC, 1, 2
-- note: basis：prior_year 上年、initial_budget 年初预算、annual_budget 全年预算；空为未说明 | basis is prior_year, initial_budget or annual_budget; empty where nothing says it
-- column change_yuan: 所解释的增减（元，减少为负） | Change it explains, in yuan, negative for a decrease
-- column change_source: stated 所述、derived 由决算数与预算数（上年数）推算 | stated, or derived from final account and budget (prior year)
-- column direction: 方向：increase、decrease、unchanged、unknown | increase, decrease, unchanged or unknown
-- column stated_direction: 文字所说的方向，没有为空 | Direction the words say, NULL where they say none
-- column reason: 原因文字（标点为半角） | Words of the reason, punctuation folded to ASCII
-- column themes: 主题（reason_themes.csv 的关键词） | Themes by keyword, see reason_themes.csv

CREATE VIEW mart.v_reasons AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, r.item, r.function_code,
       r.economic_code, r.fund,
       r.basis, r.change_yuan, r.change_source, r.direction, r.stated_direction, r.text AS reason, t.themes,
           y.series_key,
       y.quality_flag, r.document_key, r.line_number, r.claim_key, r.change_claim_key
FROM core.fact_reason r
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN (SELECT r.text, string_agg(DISTINCT t.theme, '、' ORDER BY t.theme) AS themes
           FROM (SELECT DISTINCT text FROM core.fact_reason) r
           JOIN core.dim_reason_theme t ON contains(r.text, t.keyword)
           GROUP BY r.text) t USING (text)
WHERE r.is_current;
