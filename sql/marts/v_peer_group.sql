-- title: 同类部门 | Peers
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- question: 与同级同类部门相比处在什么位置？ | Where does a department stand among its peers?
-- example: 与同类相比处在什么位置？ | Where does a department stand among its peers?
-- ask: SELECT department_name, value, peer_median, robust_z FROM mart.v_peer_group WHERE measure = 'expenditure' ORDER BY ALL LIMIT 20
-- example: 各同类组有多大？ | How large are the peer groups?
-- ask: SELECT peer_key, fiscal_year, max(peers) AS peers FROM mart.v_peer_group GROUP BY ALL ORDER BY ALL
-- formula: 同类 = 领域 × 行政级别 × 部门或单位；mad = |x − 中位数| 的中位数；robust_z = 0.6745 × (x − 中位数) / mad，mad 为零时为空 | peers share sector, region level and level; mad = median of |x − median|; robust_z = 0.6745 × (x − median) / mad, NULL when mad is zero
-- caution: 同类不足 5 个时 robust_z 为空；领域未知的部门没有同类；只有自己时没有中位数 | robust_z is NULL below five peers; departments of unknown sector have no peers; alone, there is no median
-- column peer_key: 同类组 | Peer group
-- column peer_mad: 绝对中位差 | Median absolute deviation

CREATE VIEW mart.v_peer_group AS
SELECT r.department_key, y.department_name, y.region_code, y.level, r.fiscal_year, r.peer_key, r.measure, m.value,
       r.peers, r.peer_median, r.peer_mad, r.robust_z, m.number_keys, y.series_key, y.quality_flag
FROM core.fact_peer_rank r
JOIN core.fact_entity_measure m USING (department_key, fiscal_year, measure)
JOIN mart.v_department_year y USING (department_key, fiscal_year);
