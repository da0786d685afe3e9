-- title: 行政区划 | Regions
-- grain: 一个行政区划代码（GB/T 2260） | one region code (GB/T 2260)
-- unite: once
-- note: 直辖市的区直接隶属于市；空代码表示未知；名单外的代码保留为 unknown | districts of the four municipalities belong to the municipality itself; the empty code means not known; codes outside the list are kept as unknown
-- column region_name: 全称 | Full name
-- column region_short_name: 简称 | Short name
-- column region_level: 级别：province 省级、prefecture 地级、county 县级、zone 开发区（国标无代码，用统计代码）、unknown | province, prefecture, county, zone (a development zone under its statistical code; GB/T 2260 has none) or unknown
-- column parent_region_code: 上级代码 | Code of the region above
-- column province_code: 省级代码 | Code of the province
-- column prefecture_code: 地级代码 | Code of the prefecture
-- column valid_from: 启用年份 | First year of validity
-- column valid_to: 停用年份 | Last year of validity

CREATE TABLE core.dim_region (
    region_code VARCHAR PRIMARY KEY,
    region_name VARCHAR NOT NULL,
    region_short_name VARCHAR NOT NULL,
    region_level VARCHAR NOT NULL CHECK (region_level IN ('province', 'prefecture', 'county', 'zone', 'unknown')),
    parent_region_code VARCHAR,
    province_code VARCHAR,
    prefecture_code VARCHAR,
    valid_from INTEGER,
    valid_to INTEGER
);

INSERT INTO core.dim_region
SELECT region_code, name, short_name, level, parent_code,
       CASE WHEN level <> 'unknown' THEN left(region_code, 2) || '0000' END,
       CASE WHEN level = 'prefecture' OR right(parent_code, 4) <> '0000' THEN left(region_code, 4) || '00' END,
       TRY_CAST(valid_from AS INTEGER), TRY_CAST(valid_to AS INTEGER)
FROM stage.reference_regions
ORDER BY region_code;

INSERT INTO core.dim_region
SELECT region_code, CASE WHEN region_code = '' THEN '（未知）' ELSE region_code END,
       CASE WHEN region_code = '' THEN '（未知）' ELSE region_code END, 'unknown', NULL, NULL, NULL, NULL, NULL
FROM (SELECT '' AS region_code UNION SELECT region_code FROM stage.document)
WHERE region_code NOT IN (SELECT region_code FROM core.dim_region)
ORDER BY region_code;
