-- title: 排名 | Ranks inside a government
-- grain: 一个地区、年度、指标、部门 | one region, fiscal year, measure and department
-- question: 在本级政府各部门中排第几？ | Where does a department rank in its government?
-- example: 本级政府支出前十？ | Which ten departments of a government spend most?
-- ask: SELECT region_name, fiscal_year, rank_in_region, department_name, value FROM mart.v_rank WHERE measure = 'expenditure' AND rank_in_region <= 10 ORDER BY ALL
-- example: 名次上升最多的部门？ | Who gained most places?
-- ask: SELECT department_name, fiscal_year, measure, rank_change FROM mart.v_rank ORDER BY rank_change DESC NULLS LAST, 1, 2, 3 LIMIT 10
-- formula: 从大到小排名；percentile = 100 × (个数 − 名次) / (个数 − 1)，只有一个时为空 | ranked from the largest; percentile = 100 × (n − rank) / (n − 1), NULL when alone
-- caution: 只排部门（level = department），不与单位混排；有错误的材料标 quality_flag | departments only, never mixed with units; disclosures with errors carry quality_flag
-- column rank_in_region: 名次 | Rank
-- column percentile: 百分位 | Percentile
-- column rank_change: 比上年名次变化（正为上升） | Places gained since the year before

CREATE VIEW mart.v_rank AS
SELECT y.region_code, y.region_name, y.fiscal_year, m.measure, y.department_key, y.department_name, y.level, m.value,
       m.rank_in_region, m.departments,
       core.percent_of(m.departments - m.rank_in_region, m.departments - 1) AS percentile,
       p.rank_in_region - m.rank_in_region AS rank_change, m.number_keys, y.series_key, y.quality_flag
FROM core.fact_entity_measure m
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN core.fact_entity_measure p
       ON p.department_key = y.prior_department_key AND p.measure = m.measure AND p.fiscal_year = m.fiscal_year - 1
WHERE m.rank_in_region IS NOT NULL;
