-- title: 排名 | Ranks inside a government
-- grain: 一个地区、年度、指标、部门 | one region, fiscal year, measure and department
-- question: 在本级政府各部门中排第几？ | Where does a department rank in its government?
-- formula: 从大到小排名；percentile = 100 × (个数 − 名次) / (个数 − 1)，只有一个时为空 | ranked from the largest; percentile = 100 × (n − rank) / (n − 1), NULL when alone
-- caution: 只排部门（level = department），不与单位混排；有错误的材料标 quality_flag | departments only, never mixed with units; disclosures with errors carry quality_flag
-- column measure: 指标 | Measure, see v_entity_measure
-- column value: 数值 | Value
-- column rank_in_region: 名次 | Rank
-- column departments: 参加排名的部门数 | Departments ranked
-- column percentile: 百分位 | Percentile
-- column rank_change: 比上年名次变化（正为上升） | Places gained since the year before

CREATE VIEW mart.v_rank AS
WITH ranked AS (
    SELECT y.region_code, y.region_name, y.fiscal_year, m.measure, y.department_key, y.department_name, y.level, m.value,
           rank() OVER (PARTITION BY y.region_code, y.fiscal_year, m.measure ORDER BY m.value DESC) AS rank_in_region,
           count(*) OVER (PARTITION BY y.region_code, y.fiscal_year, m.measure) AS departments, y.quality_flag
    FROM core.fact_entity_measure m
    JOIN mart.v_department_year y USING (department_key, fiscal_year)
    WHERE y.level = 'department' AND y.region_code <> '')
SELECT r.region_code, r.region_name, r.fiscal_year, r.measure, r.department_key, r.department_name, r.level, r.value, r.rank_in_region,
       r.departments, core.percent_of(r.departments - r.rank_in_region, r.departments - 1) AS percentile,
       p.rank_in_region - r.rank_in_region AS rank_change, r.quality_flag
FROM ranked r
LEFT JOIN ranked p ON p.department_key = r.department_key AND p.measure = r.measure AND p.fiscal_year = r.fiscal_year - 1;
