-- title: 同类中的位置 | Places among peers
-- grain: 一个部门、年度、指标（领域已知） | one department of known sector, fiscal year and measure
-- unite: again
-- formula: robust_z = 0.6745 × (x − 中位数) / mad，四位小数；同类不足 5 个或 mad 为零时为空 | robust_z = 0.6745 × (x − median) / mad to four decimals; NULL below five peers or when mad is zero
-- caution: 同类组见 fact_peer_group；只有自己时没有中位数 | for the groups see fact_peer_group; alone, there is no median
-- column peer_key: 同类组 | Peer group
-- column measure: 指标 | Measure, see fact_entity_measure
-- column peers: 同类个数 | Peers in the group
-- column peer_median: 同类中位数；只有自己时为空 | Median of the group, NULL when alone
-- column peer_mad: 绝对中位差；只有自己时为空 | Median absolute deviation, NULL when alone
-- column is_far: 远离同类：|robust_z| > 3.5 | Far from its peers: |robust_z| above 3.5

CREATE TABLE core.fact_peer_rank (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    peer_key VARCHAR NOT NULL,
    peers BIGINT NOT NULL,
    peer_median DECIMAL(28, 4),
    peer_mad DECIMAL(28, 4),
    robust_z DECIMAL(28, 4),
    is_far BOOLEAN NOT NULL,
    PRIMARY KEY (department_key, fiscal_year, measure)
);

INSERT INTO core.fact_peer_rank
WITH members AS (
    SELECT m.department_key, m.fiscal_year, m.measure, m.value,
           y.sector || '/' || coalesce(y.region_level, '') || '/' || y.level AS peer_key
    FROM core.fact_entity_measure m
    JOIN core.fact_department_year y USING (department_key, fiscal_year)
    WHERE y.sector <> ''),
-- The factor is as wide as the values: two narrow decimals multiply into a narrow one, which a large budget overflows.
ranked AS (
    SELECT m.department_key, m.fiscal_year, m.measure, m.peer_key, g.peers,
           CASE WHEN g.peers > 1 THEN g.peer_median END AS peer_median,
           CASE WHEN g.peers > 1 THEN g.peer_mad END AS peer_mad,
           CASE WHEN g.peers >= 5 AND g.peer_mad > 0
                THEN TRY_CAST(core.quotient(CAST(CAST(0.6745 AS DECIMAL(20, 4)) * (m.value - g.peer_median)
                         AS DECIMAL(28, 8)), CAST(g.peer_mad AS DECIMAL(28, 8)), 10000)
                     * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(28, 4)) END AS robust_z
    FROM members m
    JOIN core.fact_peer_group g USING (peer_key, fiscal_year, measure))
SELECT *, coalesce(abs(robust_z) > 3.5, FALSE)
FROM ranked
ORDER BY department_key, fiscal_year, measure;
