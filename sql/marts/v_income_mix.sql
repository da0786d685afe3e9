-- title: 收入构成 | Income by source
-- grain: 一个部门、年度、收入来源 | one department, fiscal year and source of income
-- question: 收入从哪些渠道来？ | Where does the income come from?
-- example: 收入从哪里来？ | Where does income come from?
-- ask: SELECT department_name, fiscal_year, income_source_name, amount_yuan, share_percent FROM mart.v_income_mix ORDER BY ALL LIMIT 20
-- example: 非财政收入占比最高的部门？ | Who depends least on fiscal appropriation?
-- ask: SELECT department_name, fiscal_year, share_percent FROM mart.v_income_mix WHERE income_source = 'income_fiscal' ORDER BY share_percent, 1, 2 LIMIT 10
-- formula: share_percent = 100 × amount / 本年收入合计 | share_percent = 100 × amount / income of the year
-- column income_source: 收入来源（关键数代码） | Source of income, a headline
-- column income_source_name: 收入来源名称 | Its name

CREATE VIEW mart.v_income_mix AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, h.headline AS income_source,
       n.headline_name AS income_source_name, CAST(h.value AS DECIMAL(28, 2)) AS amount_yuan,
       core.percent_of(h.value, t.value) AS share_percent, h.value_source, h.doubt, h.figure_key, h.claim_key,
           y.series_key, y.quality_flag, h.document_key
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
JOIN core.dim_headline n USING (headline)
LEFT JOIN core.fact_headline t ON t.region_code = h.region_code AND t.department_key = h.department_key
    AND t.fiscal_year = h.fiscal_year AND t.headline = 'income'
WHERE h.value_source <> 'blank'
  AND h.headline IN ('income_fiscal', 'income_superior_subsidy', 'income_business', 'income_operating',
      'income_affiliate', 'income_other');
