-- title: 政府购买服务 | Purchased services
-- grain: 一个部门、年度、购买的一项服务 | one department, fiscal year and purchased service
-- question: 向社会购买了哪些服务，各多少钱？ | Which services were bought, for how much?
-- example: 购买了哪些服务？ | Which services were bought?
-- ask: SELECT department_name, fiscal_year, service, amount_yuan FROM mart.v_services ORDER BY amount_yuan DESC, 1, 2, 3 LIMIT 20
-- example: 哪些部门购买服务最多？ | Who buys most services?
-- ask: SELECT department_name, fiscal_year, sum(amount_yuan) AS amount_yuan FROM mart.v_services GROUP BY ALL ORDER BY amount_yuan DESC, 1, 2 LIMIT 10
-- formula: share_percent = 100 × 金额 / 购买服务总额 | share_percent = 100 × amount / total of purchased services
-- column service: 服务项目 | Service

CREATE VIEW mart.v_services AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, a.row_name AS service, a.amount_yuan,
       core.percent_of(a.amount_yuan, t.value) AS share_percent, 'table' AS value_source, y.series_key, y.quality_flag,
           a.document_key, a.figure_key
FROM core.fact_amount a
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN core.fact_headline t ON t.department_key = a.department_key AND t.fiscal_year = a.fiscal_year
    AND t.headline = 'service_purchase_total'
WHERE a.is_current AND a.report_table = 'service_purchase' AND a.row_role = 'detail' AND a.value_kind = 'money'
    AND a.phase = 'final_account';
