-- title: 科目代码与名称不符 | Printed names that differ from the code list
-- grain: 一个部门、年度、功能科目代码、所印名称 | one department, fiscal year, functional code and printed name
-- question: 哪些科目的名称与该代码当年的名称不同？ | Which codes are printed under a name that is not theirs that year?
-- example: 哪些科目名称印错？ | Which names of codes are printed differently?
-- ask: FROM mart.v_code_name ORDER BY ALL LIMIT 20
-- example: 哪些部门最多？ | Where are they most frequent?
-- ask: SELECT department_name, sum(figures) AS figures FROM mart.v_code_name GROUP BY department_name ORDER BY figures DESC, department_name LIMIT 10
-- caution: 名单依据不足（certainty 为 knowledge、uncertain）的不能当作材料的错误；former_name 表示所印为旧名 | where the list itself is unsure (certainty knowledge or uncertain) this is no fault of the disclosure; former_name means an older name of the code
-- note: place 是首个位置 | place is the first one it is printed at
-- column printed_name: 所印科目名称 | Name of the code as printed
-- column mismatch: former_name 旧名、not_in_force 当年无此代码、unknown_code 名单外、other_name 其他 | former_name, not_in_force (the code did not exist that year), unknown_code or other_name

CREATE VIEW mart.v_code_name AS
WITH printed AS (
    SELECT department_key, fiscal_year, function_code, row_name AS printed_name, document_key, count(*) AS figures,
           min(sheet || '!' || cell) AS place,
           min(figure_key) AS figure_key
    FROM core.fact_amount
    WHERE is_current AND code IS NOT NULL AND code = function_code AND row_name <> '' AND fiscal_year IS NOT NULL
    GROUP BY ALL),
former AS (
    SELECT DISTINCT function_code, function_name FROM core.dim_function WHERE is_known)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.function_code, p.printed_name,
       n.function_name, n.certainty,
       CASE WHEN n.function_code IS NULL OR NOT n.is_known THEN 'unknown_code' WHEN NOT n.is_in_force
           THEN 'not_in_force'
            WHEN f.function_code IS NOT NULL THEN 'former_name' ELSE 'other_name' END AS mismatch,
       p.figures, p.place, p.figure_key, p.document_key, y.series_key, y.quality_flag
FROM printed p
JOIN mart.v_department_year y USING (department_key, fiscal_year)
LEFT JOIN core.dim_function_year n ON n.function_code = p.function_code AND n.fiscal_year = p.fiscal_year
LEFT JOIN former f ON f.function_code = p.function_code AND f.function_name = p.printed_name
WHERE n.function_code IS NULL OR NOT n.is_known OR NOT n.is_in_force OR n.function_name <> p.printed_name;
