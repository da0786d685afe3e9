-- title: 单位合计与部门 | Units against their department
-- grain: 一个部门、年度、关键数（金额） | one department, fiscal year and headline (money)
-- question: 所属单位之和等于部门数吗？ | Do the units add up to their department?
-- example: 单位之和与部门差多少？ | How far are the units from their department?
-- ask: SELECT department_name, fiscal_year, department_value, units_total, difference FROM mart.v_unit_vs_department WHERE headline = 'expenditure' ORDER BY ALL
-- example: 哪些部门持有几个单位？ | How many units are held of each department?
-- ask: SELECT department_name, fiscal_year, max(units) AS units FROM mart.v_unit_vs_department GROUP BY ALL ORDER BY ALL
-- formula: difference = 部门数 − 单位之和 | difference = department − sum of units
-- caution: 部门内部往来须抵销，单位可能没有全部公开：差额不必为零 | internal flows are eliminated and not every unit discloses: the difference need not be zero
-- column department_value: 部门数（元） | Department's value in yuan
-- column units_total: 单位之和（元） | Sum of its units in yuan
-- column units: 单位个数 | Units held

CREATE VIEW mart.v_unit_vs_department AS
SELECT d.department_key, d.department_name, d.region_code, d.level, d.fiscal_year, h.headline, n.headline_name,
       CAST(min(h.value) AS DECIMAL(28, 2)) AS department_value, CAST(sum(u.value) AS DECIMAL(28, 2)) AS units_total,
       count(*) AS units, CAST(min(h.value) - sum(u.value) AS DECIMAL(28, 2)) AS difference,
       nullif(concat_ws(' ', min(coalesce(h.figure_key, h.claim_key)),
               string_agg(DISTINCT coalesce(u.figure_key, u.claim_key), ' '
               ORDER BY coalesce(u.figure_key, u.claim_key))), '') AS number_keys,
       d.series_key, d.quality_flag
FROM mart.v_department_year d
JOIN core.fact_headline h ON h.department_key = d.department_key AND h.fiscal_year = d.fiscal_year
JOIN core.dim_headline n ON n.headline = h.headline AND n.unit = '元'
JOIN core.dim_department c ON c.parent_department_key = d.department_key
JOIN core.fact_headline u ON u.department_key = c.department_key AND u.fiscal_year = h.fiscal_year
    AND u.headline = h.headline
WHERE d.level = 'department'
GROUP BY d.department_key, d.department_name, d.region_code, d.level, d.series_key, d.quality_flag, d.fiscal_year,
    h.headline,
         n.headline_name;
