-- title: 可比性 | Comparability of a year with the one before
-- grain: 一个部门、一个年度（与上一年度比较） | one department and fiscal year, against the year before
-- question: 这一年与上一年能直接比较吗？ | May this year be compared with the one before?
-- caution: 假旗标不等于证明可比，只表示没有已知的障碍 | a flag that is not raised means that no obstacle is known, not that none exists
-- column has_prior: 持有上一年度材料 | The year before is held
-- column reform_flag: 当年或次年发生机构改革 | The department was reformed in this year or became one of its heirs
-- column three_public_scope_flag: “三公”口径与上年不同 | The scope of the three public expenses differs from the year before
-- column budget_basis_flag: “三公”预算数口径与上年不同 | What 预算数 means differs from the year before
-- column unit_flag: 报表计量单位与上年不同（精度不同） | The tables' printed unit differs, and with it the precision
-- column is_comparable: 总额可比 | Totals may be compared

CREATE VIEW mart.v_comparability AS
WITH units AS (
    SELECT department_key, fiscal_year, mode(unit) AS unit
    FROM core.fact_report_table
    WHERE is_current AND unit <> '' AND fiscal_year IS NOT NULL
    GROUP BY department_key, fiscal_year),
held AS (
    SELECT DISTINCT department_key, fiscal_year FROM core.dim_document WHERE is_current AND fiscal_year IS NOT NULL),
reforms AS (
    SELECT department_key, succession_year AS reform_year FROM core.dim_department WHERE succession_year IS NOT NULL
    UNION
    SELECT successor_department_key, succession_year FROM core.dim_department WHERE successor_department_key IS NOT NULL)
SELECT h.department_key, d.department_name, d.region_code, d.level, h.fiscal_year,
       p.fiscal_year IS NOT NULL AS has_prior,
       coalesce(bool_or(r.reform_year IS NOT NULL), FALSE) AS reform_flag,
       y.three_public_scope IS DISTINCT FROM z.three_public_scope AS three_public_scope_flag,
       y.three_public_budget_basis IS DISTINCT FROM z.three_public_budget_basis AS budget_basis_flag,
       coalesce(u.unit <> v.unit, FALSE) AS unit_flag,
       p.fiscal_year IS NOT NULL AND NOT coalesce(bool_or(r.reform_year IS NOT NULL), FALSE) AS is_comparable
FROM held h
JOIN core.dim_department d USING (department_key)
LEFT JOIN held p ON p.department_key = h.department_key AND p.fiscal_year = h.fiscal_year - 1
LEFT JOIN reforms r ON r.department_key = h.department_key AND r.reform_year = h.fiscal_year
LEFT JOIN core.dim_fiscal_year y ON y.fiscal_year = h.fiscal_year
LEFT JOIN core.dim_fiscal_year z ON z.fiscal_year = h.fiscal_year - 1
LEFT JOIN units u ON u.department_key = h.department_key AND u.fiscal_year = h.fiscal_year
LEFT JOIN units v ON v.department_key = h.department_key AND v.fiscal_year = h.fiscal_year - 1
GROUP BY h.department_key, d.department_name, d.region_code, d.level, h.fiscal_year, p.fiscal_year, y.three_public_scope,
         z.three_public_scope, y.three_public_budget_basis, z.three_public_budget_basis, u.unit, v.unit;
