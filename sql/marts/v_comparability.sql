-- title: 可比性 | Comparability of a year with the one before
-- grain: 一个部门、一个年度（与上一年度比较） | one department and fiscal year, against the year before
-- question: 这一年与上一年能直接比较吗？ | May this year be compared with the one before?
-- caution: 假旗标不等于证明可比，只表示没有已知的障碍 | a flag that is not raised means that no obstacle is known, not that none exists
-- column has_prior: 持有上一年度材料（或更名前的材料） | The year before is held, under this name or the one it was renamed from
-- column former_department_key: 上一年度所用的旧名（只是更名） | The former name under which the year before stands, where it was only renamed
-- caution: 改革年份取材料中换名之年，看不出时取 department_successors.csv 所载 | the year of a reform is the one in which the documents change names, else that of department_successors.csv
-- column reform_flag: 当年或次年发生机构改革 | The department was reformed in this year or became one of its heirs
-- column three_public_scope_flag: “三公”口径与上年不同 | The scope of the three public expenses differs from the year before
-- column budget_basis_flag: “三公”预算数口径与上年不同 | What 预算数 means differs from the year before
-- column unit_flag: 报表计量单位与上年不同（精度不同） | The tables' printed unit differs, and with it the precision
-- column is_comparable: 总额可比（没有机构改革，或只是更名） | Totals may be compared: no reform, or only a new name

CREATE VIEW mart.v_comparability AS
WITH units AS (
    SELECT department_key, fiscal_year, mode(unit) AS unit
    FROM core.fact_report_table
    WHERE is_current AND unit <> '' AND fiscal_year IS NOT NULL
    GROUP BY department_key, fiscal_year),
successions AS (
    SELECT o.department_key, o.successor_department_key,
           CASE WHEN n.first_year = o.last_year + 1 THEN n.first_year ELSE o.succession_year END AS reform_year
    FROM core.dim_department o
    LEFT JOIN core.dim_department n ON n.department_key = o.successor_department_key
    WHERE o.succession_year IS NOT NULL),
reforms AS (
    SELECT department_key, reform_year AS fiscal_year FROM successions
    UNION
    SELECT successor_department_key, reform_year FROM successions WHERE successor_department_key IS NOT NULL),
judged AS (
    SELECT y.*, r.department_key IS NOT NULL AS reform_flag,
           CASE WHEN y.prior_department_key <> y.department_key THEN y.prior_department_key END AS former_department_key
    FROM core.fact_department_year y
    LEFT JOIN reforms r USING (department_key, fiscal_year))
SELECT h.department_key, h.department_name, h.region_code, h.level, h.fiscal_year, h.prior_department_key IS NOT NULL AS has_prior,
       h.former_department_key, h.reform_flag, y.three_public_scope IS DISTINCT FROM z.three_public_scope AS three_public_scope_flag,
       y.three_public_budget_basis IS DISTINCT FROM z.three_public_budget_basis AS budget_basis_flag,
       coalesce(u.unit <> v.unit, FALSE) AS unit_flag,
       h.prior_department_key IS NOT NULL AND (NOT h.reform_flag OR h.former_department_key IS NOT NULL) AS is_comparable
FROM judged h
LEFT JOIN core.dim_fiscal_year y ON y.fiscal_year = h.fiscal_year
LEFT JOIN core.dim_fiscal_year z ON z.fiscal_year = h.fiscal_year - 1
LEFT JOIN units u ON u.department_key = h.department_key AND u.fiscal_year = h.fiscal_year
LEFT JOIN units v ON v.department_key = h.prior_department_key AND v.fiscal_year = h.fiscal_year - 1;
