-- title: 可比性 | Comparability of a year with the one before
-- grain: 一个部门、一个年度（与上一年度比较） | one department and fiscal year, against the year before
-- question: 这一年与上一年能直接比较吗？ | May this year be compared with the one before?
-- example: 哪些部门当年与上年不可比？ | Which departments cannot be compared with the year before?
-- ask: SELECT department_name, fiscal_year, reform_flag, former_department_key FROM mart.v_comparability WHERE has_prior AND NOT is_comparable ORDER BY ALL
-- example: 哪些部门“三公”预算数口径变了？ | Which departments changed what 预算数 means in their three public expenses?
-- ask: SELECT department_name, fiscal_year, three_public_budget_basis FROM mart.v_comparability WHERE budget_basis_flag ORDER BY ALL
-- caution: 假旗标不等于证明可比，只表示没有已知的障碍；空表示材料没有说明 | a flag that is not raised means that no obstacle is known, not that none exists; NULL means that the documents do not say
-- caution: 改革年份取材料中换名之年，看不出时取 department_successors.csv 所载 | the year of a reform is the one in which the documents change names, else that of department_successors.csv
-- note: “三公”口径与预算数口径取自两年的材料本身（表名、标题、附注） | the scope of the three public expenses and the basis of their budget are read from the documents of the two years: titles, headings, notes
-- column has_prior: 持有上一年度材料（或更名前的材料） | The year before is held, under this name or the one it was renamed from
-- column reform_flag: 当年或次年发生机构改革 | The department was reformed in this year or became one of its heirs
-- column three_public_scope: “三公”口径：fiscal 全部财政拨款、general_public_budget 一般公共预算 | Scope of the three public expenses: fiscal or general_public_budget
-- column budget_basis_flag: “三公”预算数口径与上年不同 | What 预算数 means differs from the year before
-- column unit_flag: 报表计量单位与上年不同（精度不同） | The tables' printed unit differs, and with it the precision
-- column is_comparable: 总额可比（没有机构改革，或只是更名） | Totals may be compared: no reform, or only a new name

CREATE VIEW mart.v_comparability AS
WITH tables AS (
    SELECT department_key, fiscal_year, min(unit) FILTER (unit <> '') AS unit, max(unit)
           FILTER (unit <> '') AS other_unit
    FROM core.fact_report_table
    WHERE is_current AND fiscal_year IS NOT NULL
    GROUP BY department_key, fiscal_year),
bases AS (
    SELECT department_key, fiscal_year, nullif(phase, '') AS basis
    FROM core.fact_headline WHERE headline = 'three_public_total_budget')
SELECT h.department_key, h.department_name, h.region_code, h.level, h.fiscal_year,
       h.prior_department_key IS NOT NULL AS has_prior,
       CASE WHEN h.prior_department_key <> h.department_key THEN h.prior_department_key END AS former_department_key,
           h.reform_flag,
       nullif(s.scope, 'unsaid') AS three_public_scope, b.basis AS three_public_budget_basis,
       s.scope <> r.scope AS three_public_scope_flag,
       b.basis <> a.basis AS budget_basis_flag,
       coalesce(t.unit <> p.unit OR t.other_unit <> p.other_unit, FALSE) AS unit_flag,
       h.prior_department_key IS NOT NULL AND (NOT h.reform_flag
           OR h.prior_department_key <> h.department_key) AS is_comparable,
       h.series_key, y.quality_flag
FROM core.fact_department_year h
JOIN mart.v_department_year y ON y.department_key = h.department_key AND y.fiscal_year = h.fiscal_year
LEFT JOIN tables t ON t.department_key = h.department_key AND t.fiscal_year = h.fiscal_year
LEFT JOIN tables p ON p.department_key = h.prior_department_key AND p.fiscal_year = h.fiscal_year - 1
LEFT JOIN core.fact_three_public_basis s ON s.department_key = h.department_key AND s.fiscal_year = h.fiscal_year
LEFT JOIN core.fact_three_public_basis r
       ON r.department_key = h.prior_department_key AND r.fiscal_year = h.fiscal_year - 1
LEFT JOIN bases b ON b.department_key = h.department_key AND b.fiscal_year = h.fiscal_year
LEFT JOIN bases a ON a.department_key = h.prior_department_key AND a.fiscal_year = h.fiscal_year - 1;
