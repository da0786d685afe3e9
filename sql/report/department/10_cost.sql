-- title: 人均与占比 | Cost a head, and shares
-- grain: 一个部门、年度、指标 | one department, fiscal year and measure
-- note: 由所链各数算出 | computed from the numbers linked
-- view: v_entity_measure
-- chart: none

WITH named AS (
    SELECT * FROM (VALUES ('pay_per_head', '人均工资福利', 'Pay a head'), ('public_cost_per_head', '人均公用经费', 'Public cost a head'),
        ('car_cost_each', '车均运行维护费', 'Running cost of a vehicle'), ('reception_per_person', '人均接待费', 'Reception cost a guest'),
        ('project_share_percent', '项目支出占比', 'Share of projects'), ('deviation_percent', '决算偏离年初预算', 'Final account against budget'),
        ('sme_percent', '中小企业占采购', 'Small firms in procurement'), ('carry_rate_of_resources', '结转率', 'Carried over'))
        AS t (measure, name, name_en))
SELECT w.series_key AS page_key, m.measure AS item, n.name AS item_name, n.name_en AS item_name_en, w.col, m.unit, m.value,
       coalesce(m.number_keys, y.workbook_document_key, y.text_document_key) AS value_to
FROM wanted w
JOIN mart.v_entity_measure m USING (department_key, fiscal_year)
JOIN mart.v_department_year y USING (department_key, fiscal_year)
JOIN named n USING (measure)
ORDER BY page_key, item, w.col
