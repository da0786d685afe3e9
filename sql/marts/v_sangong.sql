-- title: “三公”经费 | Three public expenses
-- grain: 一个部门、年度、“三公”项目（total、overseas、vehicles、vehicle_purchase、vehicle_running、reception） | one department, fiscal year and item (total, overseas, vehicles, vehicle_purchase, vehicle_running or reception)
-- question: 出国、购车、用车、接待各花多少，比预算和上年如何？ | What do travel abroad, vehicles and receptions cost against budget and prior year?
-- example: “三公”经费比预算省了多少？ | How far below budget are the three public expenses?
-- ask: SELECT department_name, fiscal_year, budget, final_account, deviation_percent FROM mart.v_sangong WHERE item = 'total' ORDER BY ALL
-- example: 公车费用增长最快的部门？ | Where did vehicle cost grow fastest?
-- ask: SELECT department_name, fiscal_year, change_percent, base_source FROM mart.v_sangong WHERE item = 'vehicle_running' ORDER BY change_percent DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: deviation_percent = 100 × (决算 − 预算) / 预算；零底数为空 | deviation_percent = 100 × (final − budget) / budget; NULL on a zero base
-- caution: 合计行与各项并存（item = total 或 vehicles 为合计），不可相加 | total and vehicles are sums of other rows: never add them
-- caution: 口径（three_public_scope_flag）与预算数含义（three_public_budget_basis）各年各地不同 | scope and the meaning of 预算数 differ by year and place
-- column item_name: “三公”项目名称 | Name of the item
-- column share_of_public_cost_percent: 占公用经费（%） | Share of public cost in percent
-- column budget_key: 预算数所在的数字 | The number the budget is taken from, as figure or claim key

CREATE VIEW mart.v_sangong AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, substr(n.headline, 14) AS item,
       n.headline_name AS item_name, CAST(b.value AS DECIMAL(28, 2)) AS budget,
       nullif(b.phase, '') AS three_public_budget_basis, CAST(f.value AS DECIMAL(28, 2)) AS final_account,
       core.percent_of(f.value - b.value, b.value) AS deviation_percent,
       CAST(f.prior_value AS DECIMAL(28, 2)) AS prior_final_account, f.prior_source AS base_source,
       core.percent_of(f.value - f.prior_value, f.prior_value) AS change_percent,
       core.percent_of(f.value, u.value) AS share_of_public_cost_percent, c.three_public_scope_flag, f.value_source,
       f.doubt, y.series_key, y.quality_flag, f.figure_key, f.claim_key,
       coalesce(b.figure_key, b.claim_key) AS budget_key, coalesce(f.document_key, b.document_key) AS document_key
FROM mart.v_department_year y
JOIN core.dim_headline n ON n.headline LIKE 'three_public_%' AND n.headline NOT LIKE '%_budget'
LEFT JOIN core.fact_headline f ON f.region_code = y.region_code AND f.department_key = y.department_key
    AND f.fiscal_year = y.fiscal_year AND f.headline = n.headline
LEFT JOIN core.fact_headline b ON b.region_code = y.region_code AND b.department_key = y.department_key
    AND b.fiscal_year = y.fiscal_year AND b.headline = n.headline || '_budget'
LEFT JOIN core.fact_headline u ON u.region_code = y.region_code AND u.department_key = y.department_key
    AND u.fiscal_year = y.fiscal_year AND u.headline = 'basic_public'
LEFT JOIN mart.v_comparability c ON c.department_key = y.department_key AND c.fiscal_year = y.fiscal_year
WHERE f.value IS NOT NULL OR b.value IS NOT NULL;
