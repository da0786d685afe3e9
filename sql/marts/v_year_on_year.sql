-- title: 关键数同比 | Headlines year on year
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- question: 每个关键数比上年变了多少，底数从哪里来？ | How did each headline change, and where does the base come from?
-- example: 支出比上年变了多少？ | How did expenditure change?
-- ask: SELECT department_name, fiscal_year, value, prior_value, change_percent, base_source, change_flag FROM mart.v_year_on_year WHERE headline = 'expenditure' ORDER BY ALL
-- example: 增减最大的关键数？ | Which headlines changed most?
-- ask: SELECT department_name, fiscal_year, headline_name, change FROM mart.v_year_on_year WHERE unit = '元' AND change_flag = 'comparable' ORDER BY abs(change) DESC NULLS LAST, 1, 2, 3 LIMIT 10
-- formula: change = value − prior_value；change_percent = 100 × change / prior_value；零底数为空 | change = value − prior_value; change_percent = 100 × change / prior_value, NULL on a zero base
-- caution: 上年数优先取已公布的，否则取本年文字推出的，并标明 base_source | the published prior year is preferred to the one implied by this year's text; base_source says which
-- caution: 由本年材料推出的上年数与本年同口径，总可比 | a base implied by the same document is on the same footing, hence comparable
-- caution: change_flag：new 上年为零、comparable 可比、renamed 上年用旧名、not_comparable 不可比、doubtful 数量级可疑、no_base 没有上年 | change_flag is new (base zero), comparable, renamed (the year before stands under its former name), not_comparable, doubtful (order of magnitude) or no_base
-- column prior_doubt: 上年数的疑点 | Doubts about the published prior value

CREATE VIEW mart.v_year_on_year AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, h.headline, n.headline_name,
       n.headline_name_en, n.unit, h.value, h.value_source, h.published_prior, h.implied_prior, h.prior_value,
       h.prior_source AS base_source, h.value - h.prior_value AS change,
       core.percent_of(h.value - h.prior_value, abs(h.prior_value)) AS change_percent,
       CASE WHEN h.prior_value IS NULL THEN 'no_base' WHEN contains(h.doubt, 'magnitude')
           OR contains(p.doubt, 'magnitude') THEN 'doubtful' WHEN h.prior_source = 'implied' THEN CASE
           WHEN h.prior_value = 0 AND h.value <> 0 THEN 'new' ELSE 'comparable' END WHEN NOT c.is_comparable
           AND c.reform_flag OR h.headline LIKE 'three_public%' AND c.three_public_scope_flag
           OR h.headline LIKE 'three_public%budget' AND c.budget_basis_flag THEN 'not_comparable' WHEN h.prior_value = 0
           AND h.value <> 0 THEN 'new' WHEN c.former_department_key IS NOT NULL THEN 'renamed'
           ELSE 'comparable' END AS change_flag,
       h.half_unit, h.doubt, p.doubt AS prior_doubt, y.series_key, y.quality_flag, h.document_key, h.figure_key,
       h.claim_key
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
JOIN core.dim_headline n USING (headline)
LEFT JOIN mart.v_comparability c USING (department_key, fiscal_year)
LEFT JOIN core.fact_headline p
       ON p.region_code = h.region_code AND p.department_key = y.prior_department_key AND p.headline = h.headline
           AND p.fiscal_year = h.fiscal_year - 1;
