-- title: 同类组 | Peer groups
-- grain: 一个同类组、年度、指标 | one peer group, fiscal year and measure
-- unite: again
-- formula: 同类 = 领域 × 行政级别 × 部门或单位；mad = |x − 中位数| 的中位数 | peers share sector, region level and level; mad = median of |x − median|
-- caution: 领域未知的部门没有同类 | departments of unknown sector have no peers
-- column peer_key: 同类组 | Peer group
-- column measure: 指标 | Measure, see fact_entity_measure
-- column peers: 同类个数 | Peers in the group
-- column peer_median: 同类中位数 | Median of the group
-- column peer_mad: 绝对中位差 | Median absolute deviation

CREATE TABLE core.fact_peer_group (
    peer_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    peers BIGINT NOT NULL,
    peer_median DECIMAL(28, 4) NOT NULL,
    peer_mad DECIMAL(28, 4) NOT NULL,
    PRIMARY KEY (peer_key, fiscal_year, measure)
);

INSERT INTO core.fact_peer_group
WITH members AS (
    SELECT y.sector || '/' || coalesce(y.region_level, '') || '/' || y.level AS peer_key, m.fiscal_year, m.measure,
           m.value
    FROM core.fact_entity_measure m
    JOIN core.fact_department_year y USING (department_key, fiscal_year)
    WHERE y.sector <> ''),
centred AS (
    SELECT peer_key, fiscal_year, measure, count(*) AS peers, core.middle_of(list(value ORDER BY value)) AS middle
    FROM members GROUP BY peer_key, fiscal_year, measure)
SELECT peer_key, fiscal_year, measure, min(c.peers), min(c.middle),
       core.middle_of(list(abs(m.value - c.middle) ORDER BY abs(m.value - c.middle)))
FROM members m
JOIN centred c USING (peer_key, fiscal_year, measure)
GROUP BY peer_key, fiscal_year, measure
ORDER BY peer_key, fiscal_year, measure;
