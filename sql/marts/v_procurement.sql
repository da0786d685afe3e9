-- title: 政府采购 | Government procurement
-- grain: 一个部门、年度、采购种类（total、goods、works、services） | one department, fiscal year and kind (total, goods, works or services)
-- question: 采购了多少，中小微企业得到多少？ | What was procured, and how much went to small enterprises?
-- example: 采购给中小企业多少？ | How much of procurement went to small enterprises?
-- ask: SELECT department_name, fiscal_year, amount_yuan, sme_amount, sme_percent FROM mart.v_procurement WHERE kind = 'total' ORDER BY ALL
-- example: 采购最多的部门？ | Who procures most?
-- ask: SELECT department_name, fiscal_year, amount_yuan FROM mart.v_procurement WHERE kind = 'total' ORDER BY amount_yuan DESC, 1, 2 LIMIT 10
-- formula: share_percent = 100 × 种类 / 总额；sme_percent = 100 × 中小 / 总额；micro_percent_of_total = 100 × 小微 / 总额；micro_percent_of_sme = 100 × 小微 / 中小 | share_percent = 100 × kind / total; sme_percent = 100 × SME / total; micro in percent of the total and of the SME amount: both are in use
-- caution: total 行为各种类之和，不可与其相加；各地定义不同（支出额或合同额） | the total row sums the kinds: never add them; definitions differ by place (spending or contracts)
-- column kind: 种类 | Kind
-- caution: 上海只列三种项目中中小企业的中标成交金额：sme_amount 为其和（sme_source = sum_of_parts）；和超过采购总额时自相矛盾，不取。小微企业在其他项目中所得没有列出，micro_amount 为空 | Shanghai states only what SMEs won in three kinds of project: sme_amount is then their sum (sme_source = sum_of_parts), and NULL where the sum exceeds all procurement, since the text contradicts itself. What micro enterprises won elsewhere is not stated: micro_amount is NULL
-- column sme_amount: 授予中小企业合同金额 | Contracts with small and medium enterprises
-- column sme_source: stated 材料所述、sum_of_parts 三部分之和 | stated, or sum_of_parts
-- column micro_amount: 授予小微企业合同金额 | Contracts with small and micro enterprises
-- column sme_percent: 中小企业占总额（%） | SME share of the total in percent
-- column micro_percent_of_total: 小微企业占总额（%） | Micro share of the total in percent
-- column micro_percent_of_sme: 小微企业占中小企业（%） | Micro share of the SME amount in percent
-- column reserved_budget: 面向中小企业预留预算 | Budget reserved for SMEs

CREATE VIEW mart.v_procurement AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, substr(h.headline, 13) AS kind,
       CAST(h.value AS DECIMAL(28, 2)) AS amount_yuan, core.percent_of(h.value, p.total) AS share_percent,
       CASE WHEN h.headline = 'procurement_total' THEN p.sme_amount END AS sme_amount,
       CASE WHEN h.headline = 'procurement_total' THEN p.sme_source END AS sme_source,
       CASE WHEN h.headline = 'procurement_total' THEN p.micro_amount END AS micro_amount,
       CASE WHEN h.headline = 'procurement_total' THEN core.percent_of(p.sme_amount, p.total) END AS sme_percent,
       CASE WHEN h.headline = 'procurement_total' THEN core.percent_of(p.micro_amount,
           p.total) END AS micro_percent_of_total,
       CASE WHEN h.headline = 'procurement_total' THEN core.percent_of(p.micro_amount,
           p.sme_amount) END AS micro_percent_of_sme,
       CASE WHEN h.headline = 'procurement_total' THEN p.reserved_budget END AS reserved_budget,
       h.value_source, h.doubt, y.series_key, y.quality_flag, h.document_key, h.figure_key, h.claim_key
FROM core.fact_headline h
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
JOIN core.fact_sme p USING (department_key, fiscal_year)
WHERE h.headline IN ('procurement_total', 'procurement_goods', 'procurement_works', 'procurement_services');
