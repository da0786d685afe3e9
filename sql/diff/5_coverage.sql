-- title: 覆盖的变化 | Coverage gained and lost
-- grain: 一个部门、一个年度，一边有报表或文字、另一边没有 | one department and fiscal year whose tables or text one side has and the other has not
-- column change: 变化：lost 失去、gained 获得 | lost or gained
-- column department: 部门 | Department
-- column old_state: 旧 | Before
-- column new_state: 新 | After

WITH o AS (SELECT * FROM old.core.fact_coverage WHERE has_workbook OR has_text),
n AS (SELECT * FROM new.core.fact_coverage WHERE has_workbook OR has_text),
joined AS (
    SELECT coalesce(n.department_name, o.department_name) AS department, fiscal_year,
           coalesce(o.state, 'missing') AS old_state, coalesce(n.state, 'missing') AS new_state,
           coalesce(o.has_workbook, false) AS had_workbook, coalesce(n.has_workbook, false) AS has_workbook,
           coalesce(o.has_text, false) AS had_text, coalesce(n.has_text, false) AS has_text
    FROM o FULL JOIN n USING (department_key, fiscal_year))
SELECT CASE WHEN had_workbook AND NOT has_workbook OR had_text AND NOT has_text THEN 'lost' ELSE 'gained' END AS change,
       department, fiscal_year, old_state, new_state
FROM joined
WHERE had_workbook <> has_workbook OR had_text <> has_text
ORDER BY change DESC, department, fiscal_year
