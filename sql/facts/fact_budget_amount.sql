-- title: 预算公开的一般公共预算支出 | General budget expenditure as budget documents print it
-- grain: 预算文件一般公共预算支出表中的一个单元格 | one cell of the general budget expenditure table of a budget document
-- update: department_key
-- note: 只用于与决算说明中的年初预算比较，不进入任何数据集市；重新发布的预算以后一份为准 | only for comparing with the initial budget in final accounts, in no mart; of re-published budgets the later one counts
-- column line: total 合计 | total for the total row

CREATE TABLE core.fact_budget_amount (
    document_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    line VARCHAR,
    function_code VARCHAR,
    component VARCHAR NOT NULL,
    row_label VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    amount_yuan DECIMAL(18, 2) NOT NULL,
    half_unit DECIMAL(28, 8) NOT NULL
);

INSERT INTO core.fact_budget_amount
WITH latest AS (
    SELECT document_key, department_key, fiscal_year
    FROM stage.document
    WHERE outcome = 'budget' AND fiscal_year IS NOT NULL AND document_key IN (SELECT document_key
    FROM stage.budget_figure)
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year ORDER BY version DESC, document_key) = 1)
SELECT f.document_key, d.department_key, d.fiscal_year, f.sheet, f.cell, f.line, f.function_code, f.component,
       f.row_label, f.printed,
       f.unit, f.amount_yuan, coalesce(f.half_unit, 0)
FROM stage.budget_figure f
JOIN latest d USING (document_key)
WHERE f.amount_yuan IS NOT NULL
ORDER BY ALL;
