-- title: 人员经费 | Staff cost
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 人员经费多少，人均多少？ | What does staff cost, in all and per head?
-- example: 人均工资福利多少？ | What is pay per head?
-- ask: SELECT department_name, fiscal_year, pay, staff, pay_per_head FROM mart.v_staff_cost ORDER BY pay_per_head DESC NULLS LAST, 1, 2
-- example: 社会保险缴费多少？ | How much goes to social insurance?
-- ask: SELECT department_name, fiscal_year, social_insurance, housing_fund FROM mart.v_staff_cost ORDER BY ALL
-- formula: pay_per_head = 301 工资福利支出 / 在职实有人数；不足 3 人不计算 | pay_per_head = 301 pay and benefits / staff in post; suppressed below 3
-- caution: 只含一般公共预算基本支出：项目、基金、自有资金支付的人员不在内，人均为下限 | basic spending of the general public budget only: staff paid from projects, funds or own income are missing, so per head is a lower bound
-- note: 所列各款合为 301 类时，空白或未列的款为零 | where the groups listed make up class 301, one left blank or out is zero
-- caution: 上海等地材料没有人数，人均为空 | disclosures without staff numbers (Shanghai) give NULL per head
-- column pay: 工资福利支出（301） | Pay and benefits (301)
-- column social_insurance: 社会保险缴费（30108—30112） | Social insurance (30108 to 30112)
-- column housing_fund: 住房公积金（30113） | Housing fund (30113)
-- column subsidies_to_persons: 对个人和家庭的补助（303） | Subsidies to persons and families (303)
-- column pay_per_head: 人均工资福利（元） | Pay per head in yuan

CREATE VIEW mart.v_staff_cost AS
WITH costs AS (
    SELECT department_key, fiscal_year, max(document_key) AS document_key,
           string_agg(number_keys, ' ' ORDER BY economic_code)
           FILTER (economic_code IN ('301', '30108', '30109', '30110', '30111', '30112', '30113', '303'))
           AS number_keys,
           max(final_account) FILTER (economic_code = '301') AS pay,
           -- Where the groups make up the class, what is blank or left out is zero.
           CASE WHEN abs(max(final_account) FILTER (economic_code = '301')
                         - sum(final_account) FILTER (economic_level = 'group' AND economic_code LIKE '301%'))
                     <= sum(half_unit) FILTER (economic_code LIKE '301%') THEN 0 END AS unlisted,
           sum(final_account) FILTER (economic_code IN ('30108', '30109', '30110', '30111', '30112'))
               AS social_insurance,
           max(final_account) FILTER (economic_code = '30113') AS housing_fund,
           max(final_account) FILTER (economic_code = '303') AS subsidies_to_persons,
           max(value_source) FILTER (economic_code = '301') AS value_source
    FROM core.fact_economic_year
    WHERE spending_kind = 'basic' AND fund = 'general_public_budget'
    GROUP BY department_key, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, c.pay,
       CAST(coalesce(c.social_insurance, c.unlisted) AS DECIMAL(28, 2)) AS social_insurance,
       coalesce(c.housing_fund, c.unlisted) AS housing_fund, c.subsidies_to_persons, y.staff, y.staff_source,
       CASE WHEN y.staff >= 3 THEN core.per_unit(c.pay, y.staff) END AS pay_per_head,
       c.value_source, y.series_key, y.quality_flag, c.number_keys, c.document_key
FROM costs c
JOIN mart.v_department_year y USING (department_key, fiscal_year);
