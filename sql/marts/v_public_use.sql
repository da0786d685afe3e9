-- title: 公用经费 | Public cost
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 办公、差旅、会议、培训、接待、车辆各花多少？ | What do office, travel, meetings, training, receptions and vehicles cost?
-- example: 人均公用经费多少？ | What is public cost per head?
-- ask: SELECT department_name, fiscal_year, public_cost, staff, public_cost_per_head FROM mart.v_public_use ORDER BY public_cost_per_head DESC NULLS LAST, 1, 2
-- example: 会议、培训、接待各多少？ | What do meetings, training and receptions cost?
-- ask: SELECT department_name, fiscal_year, meetings, training, basic_reception FROM mart.v_public_use ORDER BY ALL
-- formula: narrow = 办公+差旅+会议+培训+接待；wide = narrow+物业+委托+劳务+车辆+交通；per_head = 公用经费 / 在职人数 | narrow = office + travel + meetings + training + reception; wide adds property, outsourcing, labour, vehicles and transport; per_head = public cost / staff
-- note: 所列各款合为 302 类时，空白或未列的款为零 | where the groups a table lists make up class 302, one it leaves blank or out is zero
-- caution: 取自一般公共预算基本支出，项目支出中的同类费用不在内 | basic spending of the general public budget: the same costs paid from projects are not in it
-- column public_cost: 公用经费合计 | Public cost total
-- column office: 办公费（30201） | Office (30201)
-- column travel: 差旅费（30211） | Travel (30211)
-- column meetings: 会议费（30215） | Meetings (30215)
-- column training: 培训费（30216） | Training (30216)
-- column basic_reception: 公务接待费（30217） | Reception (30217)
-- column property: 物业管理费（30209） | Property management (30209)
-- column outsourced: 委托业务费（30227） | Outsourced work (30227)
-- column labour: 劳务费（30226） | Labour (30226)
-- column basic_vehicles: 公务用车运行维护费（30231） | Vehicle running (30231)
-- column transport: 其他交通费用（30239） | Other transport (30239)
-- column narrow: 窄口径合计 | Narrow total
-- column wide: 宽口径合计 | Wide total
-- column public_cost_per_head: 人均公用经费（元） | Public cost per head in yuan

CREATE VIEW mart.v_public_use AS
WITH costs AS (
    SELECT department_key, fiscal_year, max(document_key) AS document_key,
           string_agg(number_keys, ' ' ORDER BY economic_code)
           FILTER (economic_code IN ('30201', '30211', '30215', '30216', '30217', '30209', '30227', '30226', '30231',
               '30239')) AS number_keys,
           -- Where the groups a table prints make up the class, what it leaves blank or out is zero.
           CASE WHEN abs(max(final_account) FILTER (economic_code = '302')
                         - sum(final_account) FILTER (economic_level = 'group' AND economic_code LIKE '302%'))
                     <= sum(half_unit) FILTER (economic_code LIKE '302%') THEN 0 END AS unlisted,
           max(final_account) FILTER (economic_code = '30201') AS office,
           max(final_account) FILTER (economic_code = '30211') AS travel,
           max(final_account) FILTER (economic_code = '30215') AS meetings,
           max(final_account) FILTER (economic_code = '30216') AS training,
           max(final_account) FILTER (economic_code = '30217') AS basic_reception,
           max(final_account) FILTER (economic_code = '30209') AS property,
           max(final_account) FILTER (economic_code = '30227') AS outsourced,
           max(final_account) FILTER (economic_code = '30226') AS labour,
           max(final_account) FILTER (economic_code = '30231') AS basic_vehicles,
           max(final_account) FILTER (economic_code = '30239') AS transport,
           sum(final_account) FILTER (economic_code IN ('30201', '30211', '30215', '30216', '30217')) AS narrow,
           sum(final_account) FILTER (economic_code IN ('30201', '30211', '30215', '30216', '30217', '30209',
               '30227', '30226', '30231', '30239')) AS wide
    FROM core.fact_economic_year
    WHERE spending_kind = 'basic' AND fund = 'general_public_budget' AND value_source = 'table'
    GROUP BY department_key, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year,
       CAST(h.value AS DECIMAL(28, 2)) AS public_cost, coalesce(c.office, c.unlisted) AS office,
       coalesce(c.travel, c.unlisted) AS travel, coalesce(c.meetings, c.unlisted) AS meetings,
       coalesce(c.training, c.unlisted) AS training, coalesce(c.basic_reception, c.unlisted) AS basic_reception,
       coalesce(c.property, c.unlisted) AS property, coalesce(c.outsourced, c.unlisted) AS outsourced,
       coalesce(c.labour, c.unlisted) AS labour, coalesce(c.basic_vehicles, c.unlisted) AS basic_vehicles,
       coalesce(c.transport, c.unlisted) AS transport,
       CAST(coalesce(c.narrow, c.unlisted) AS DECIMAL(28, 2)) AS narrow,
       CAST(coalesce(c.wide, c.unlisted) AS DECIMAL(28, 2)) AS wide, y.staff,
       CASE WHEN y.staff >= 3 THEN core.per_unit(h.value, y.staff) END AS public_cost_per_head, h.value_source, h.doubt,
       h.figure_key, h.claim_key, c.number_keys, y.series_key, y.quality_flag,
       coalesce(c.document_key, h.document_key) AS document_key
FROM mart.v_department_year y
LEFT JOIN costs c USING (department_key, fiscal_year)
LEFT JOIN core.fact_headline h ON h.region_code = y.region_code AND h.department_key = y.department_key
    AND h.fiscal_year = y.fiscal_year AND h.headline = 'basic_public'
WHERE c.department_key IS NOT NULL OR h.department_key IS NOT NULL;
