-- title: 指标名称 | Names of measures
-- grain: 一个指标 | one measure
-- column is_computed: 由几个数算出 | Computed from several numbers
-- note: 关键数的名称来自 core.dim_headline，其余在此 | headlines are named in core.dim_headline, the others here

SELECT headline AS measure, headline_name AS measure_name, headline_name_en AS measure_name_en, false AS is_computed FROM core.dim_headline
UNION ALL
SELECT *, true FROM (VALUES
    ('pay_per_head', '人均工资福利', 'Pay a head'), ('public_cost_per_head', '人均公用经费', 'Public cost a head'),
    ('car_cost_each', '车均运行维护费', 'Running cost of a vehicle'), ('reception_per_person', '人均接待费', 'Reception cost a guest'),
    ('project_share_percent', '项目支出占比', 'Share of projects'),
    ('deviation_percent', '决算偏离年初预算', 'Final account against budget'),
    ('sme_percent', '中小企业占采购', 'Small firms in procurement'), ('carry_rate_of_resources', '结转率', 'Carried over'))
