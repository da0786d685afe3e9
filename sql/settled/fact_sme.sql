-- title: 采购中的中小微企业 | Small enterprises in procurement
-- grain: 一个部门、一个年度 | one department and fiscal year
-- update: department_key
-- note: 各处所用的中小企业金额都取自此表：材料所述，没有时为三种项目之和（不超过采购总额时） | every share of small enterprises is taken from here: as stated, else the sum of the three parts where it does not exceed the total
-- column total: 采购总额（元） | Procurement in yuan
-- column reserved_budget: 面向中小企业预留预算 | Budget reserved for SMEs
-- column sme_amount: 授予中小企业合同金额 | Contracts with small and medium enterprises
-- column sme_source: stated 材料所述、sum_of_parts 三部分之和 | stated, or sum_of_parts
-- column micro_amount: 授予小微企业合同金额 | Contracts with small and micro enterprises

CREATE TABLE core.fact_sme (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    total DECIMAL(28, 2),
    reserved_budget DECIMAL(28, 2),
    sme_amount DECIMAL(28, 2),
    sme_source VARCHAR,
    micro_amount DECIMAL(28, 2),
    PRIMARY KEY (department_key, fiscal_year)
);

INSERT INTO core.fact_sme
WITH picked AS (
    SELECT department_key, fiscal_year, core.pick_money(headline, value, 'procurement_total') AS total,
           core.pick_money(headline, value, 'procurement_sme') AS stated_sme,
           core.pick_money(headline, value, 'procurement_micro') AS micro_amount,
           core.pick_money(headline, value, 'reserved_sme_budget') AS reserved_budget,
           core.pick_money(headline, value, 'sme_won_reserved') + core.pick_money(headline, value, 'micro_won_reserved')
               + core.pick_money(headline, value, 'sme_won_elsewhere') AS sme_parts,
           sum(half_unit) FILTER (headline IN ('procurement_total', 'sme_won_reserved', 'micro_won_reserved',
                   'sme_won_elsewhere')) AS allowed
    FROM core.fact_headline
    WHERE headline IN ('procurement_total', 'procurement_sme', 'procurement_micro', 'reserved_sme_budget',
        'sme_won_reserved',
                       'micro_won_reserved', 'sme_won_elsewhere')
    GROUP BY department_key, fiscal_year)
SELECT department_key, fiscal_year, total, reserved_budget,
       CAST(coalesce(stated_sme, CASE WHEN sme_parts <= total + allowed THEN sme_parts END) AS DECIMAL(28, 2)),
       CASE WHEN stated_sme IS NOT NULL THEN 'stated' WHEN sme_parts <= total + allowed THEN 'sum_of_parts' END,
           micro_amount
FROM picked
ORDER BY department_key, fiscal_year;
