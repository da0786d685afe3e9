-- title: 国有资产 | State assets
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 有多少资产、房屋、车辆和大型设备？ | What assets, buildings, vehicles and large equipment are held?
-- example: 车辆最多的十个部门？ | Which ten departments keep most vehicles?
-- ask: SELECT department_name, fiscal_year, vehicles FROM mart.v_assets WHERE vehicles IS NOT NULL ORDER BY vehicles DESC, 1, 2 LIMIT 10
-- example: 哪些资产折旧最多？ | Whose assets are depreciated most?
-- ask: SELECT department_name, fiscal_year, age_percent FROM mart.v_assets WHERE age_percent IS NOT NULL ORDER BY age_percent DESC, 1, 2 LIMIT 10
-- formula: age_percent = 100 × 累计折旧 / 资产原值；零原值为空 | age_percent = 100 × depreciation / assets at cost; NULL on zero cost
-- column fixed_assets: 固定资产（元） | Fixed assets in yuan
-- column intangible_assets: 无形资产（元） | Intangible assets in yuan
-- column asset_gross: 资产原值（元） | Assets at cost in yuan
-- column depreciation: 累计折旧（元） | Accumulated depreciation in yuan
-- column asset_net: 资产净值（元） | Net assets in yuan
-- column house_area: 房屋面积（平方米） | Floor area in square metres
-- column vehicles: 车辆（辆） | Vehicles
-- column equipment_1m: 单价100万元以上设备（台套） | Equipment of a million yuan or more
-- column age_percent: 成新反向指标：折旧占原值（%） | Depreciation in percent of cost

CREATE VIEW mart.v_assets AS
WITH picked AS (
    SELECT department_key, region_code, fiscal_year, core.pick_money(headline, value, 'fixed_assets') AS fixed_assets,
           core.pick_money(headline, value, 'intangible_assets') AS intangible_assets,
           core.pick_money(headline, value, 'asset_gross') AS asset_gross,
           core.pick_money(headline, value, 'depreciation') AS depreciation,
           core.pick_money(headline, value, 'asset_net') AS asset_net,
           core.pick_measure(headline, value, 'house_area') AS house_area,
           core.pick_count(headline, value, 'asset_vehicles') AS vehicles,
           core.pick_count(headline, value, 'equipment_1m') AS equipment_1m,
           core.keys_of(figure_key, claim_key) AS number_keys, max(document_key) AS document_key
    FROM core.fact_headline
    WHERE headline IN ('fixed_assets', 'intangible_assets', 'asset_gross', 'depreciation', 'asset_net', 'house_area',
        'asset_vehicles', 'equipment_1m')
    GROUP BY department_key, region_code, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.fixed_assets, p.intangible_assets,
       p.asset_gross,
       p.depreciation, p.asset_net, p.house_area, p.vehicles, p.equipment_1m, core.percent_of(p.depreciation,
           p.asset_gross) AS age_percent,
       y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year);
