-- title: 关键数同比 | Headlines year on year
-- grain: 一个部门、年度、关键数 | one department, fiscal year and headline
-- question: 每个关键数比上年变了多少，底数从哪里来？ | How did each headline change, and where does the base come from?
-- formula: change = value − prior_value；change_percent = 100 × change / prior_value；零底数为空 | change = value − prior_value; change_percent = 100 × change / prior_value, NULL on a zero base
-- caution: 上年数优先取已公布的，否则取本年文字推出的，并标明 base_source | the published prior year is preferred to the one implied by this year's text; base_source says which
-- column headline: 关键数 | Headline
-- column headline_name: 关键数名称 | Name of the headline
-- column headline_name_en: 关键数英文名称 | English name of the headline
-- column value: 本年数 | Value of the year
-- column published_prior: 上年材料公布的数 | Prior year as its own disclosure published it
-- column implied_prior: 本年变动推出的上年数 | Prior year implied by this year's stated change
-- column prior_value: 所用上年数 | Prior year used as base
-- column base_source: 底数来源：published、implied | published or implied
-- column change: 增减额 | Change
-- column change_percent: 增减率（%） | Change in percent
-- column series_key: 只是更名的部门共有的键，跨名称的序列由它查询 | Key shared by the names of one department that was only renamed: ask for its whole series by it
-- column change_flag: new 上年为零、comparable、renamed 上年用旧名、not_comparable、no_base | new (base zero), comparable, renamed (the year before stands under its former name), not_comparable or no_base

CREATE VIEW mart.v_year_on_year AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, h.headline, n.headline_name, n.headline_name_en,
       n.unit, h.value, h.value_source, p.value AS published_prior, h.implied_prior,
       coalesce(p.value, h.implied_prior) AS prior_value,
       CASE WHEN p.value IS NOT NULL THEN 'published' WHEN h.implied_prior IS NOT NULL THEN 'implied' END AS base_source,
       h.value - coalesce(p.value, h.implied_prior) AS change,
       core.percent_of(h.value - coalesce(p.value, h.implied_prior), abs(coalesce(p.value, h.implied_prior))) AS change_percent,
       CASE WHEN coalesce(p.value, h.implied_prior) IS NULL THEN 'no_base'
            WHEN NOT c.is_comparable AND c.reform_flag OR h.headline LIKE 'three_public%' AND c.three_public_scope_flag
              OR h.headline LIKE 'three_public%budget' AND c.budget_basis_flag THEN 'not_comparable'
            WHEN coalesce(p.value, h.implied_prior) = 0 AND h.value <> 0 THEN 'new'
            WHEN c.former_department_key IS NOT NULL THEN 'renamed'
            ELSE 'comparable' END AS change_flag,
       y.series_key, y.quality_flag, h.document_key
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
JOIN core.dim_headline n USING (headline)
LEFT JOIN mart.v_comparability c USING (department_key, fiscal_year)
LEFT JOIN core.fact_headline p
       ON p.region_code = h.region_code AND p.department_key = y.prior_department_key AND p.headline = h.headline AND p.fiscal_year = h.fiscal_year - 1;
