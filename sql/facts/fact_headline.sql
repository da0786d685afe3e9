-- title: 关键数 | Headlines of a department and year
-- grain: 一个部门、一个年度、一个关键数 | one department, fiscal year and headline
-- update: department_key
-- note: 先取报表，报表无数时取文字，声明为空的表取零；顺序由 headline_sources.csv 决定 | the table's value first, prose where no table has it, zero where a table is declared empty; the order stands in headline_sources.csv
-- caution: 由本年变动推出的上年数（implied_prior）与已公布的上年数分开保存 | the prior year implied by this year's stated change is kept apart from the published one
-- column headline: 关键数（见 dim_headline） | Headline, see dim_headline
-- column value: 数值：金额为元，其余按单位 | Value: yuan for money, else in the headline's unit
-- column phase: 取自报表时的预算阶段；文字为计量含义 | Phase of the table value, or measure of the claim
-- column value_source: 来源：table、prose、declared_empty | table, prose or declared_empty
-- column place: 单元格或行 | Cell or line it stands in
-- column figure_key: 所取数字 | Figure it is taken from
-- column claim_key: 所取文字 | Claim it is taken from
-- column stated_change: 文字所述比上年增减 | Change against the prior year as stated
-- column implied_prior: 由所述变动推出的上年数 | Prior year implied by the stated change

CREATE TABLE core.fact_headline (
    department_key VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    headline VARCHAR NOT NULL,
    value DECIMAL(28, 8) NOT NULL,
    half_unit DECIMAL(28, 8) NOT NULL,
    phase VARCHAR NOT NULL,
    value_source VARCHAR NOT NULL CHECK (value_source IN ('table', 'prose', 'declared_empty')),
    document_key VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    figure_key VARCHAR,
    claim_key VARCHAR,
    stated_change DECIMAL(28, 8),
    implied_prior DECIMAL(28, 8)
);

INSERT INTO core.fact_headline
WITH sources AS (
    SELECT s.*, CAST(s.priority AS INTEGER) AS rank, h.unit AS headline_unit
    FROM stage.reference_headline_sources s JOIN stage.reference_headlines h USING (headline)),
totals AS (
    SELECT * FROM core.fact_amount
    WHERE is_current AND fiscal_year IS NOT NULL AND function_code IS NULL AND economic_code IS NULL),
from_tables AS (
    SELECT a.department_key, a.fiscal_year, s.headline, coalesce(a.amount_yuan, a.value) AS value, coalesce(a.half_unit, 0) AS half_unit, a.phase,
           'table' AS value_source, a.document_key, a.sheet || '!' || a.cell AS place, a.figure_key, NULL AS claim_key, s.rank,
           a.sheet_number AS first_order, a.row_number AS second_order, a.column_number AS third_order
    FROM totals a
    JOIN sources s
      ON s.source = 'table' AND s.report_table = a.report_table AND s.phase = a.phase
     AND (s.line IS NULL OR s.line = a.line) AND (s.side IS NULL OR s.side = a.side)
     AND (s.component IS NULL OR s.component = a.component) AND (s.fund IS NULL OR s.fund = a.fund)
     AND (s.flow IS NULL OR s.flow = a.flow) AND (s.row_role IS NULL OR s.row_role = a.row_role)
    WHERE (a.value_kind = 'money') = (s.headline_unit = '元') AND coalesce(a.amount_yuan, a.value) IS NOT NULL
      AND (a.amount_yuan IS NOT NULL OR s.headline_unit <> '元')),
claims AS (
    SELECT * FROM core.fact_claim
    WHERE is_current AND fiscal_year IS NOT NULL AND claim_kind <> 'template_remnant'
      AND (stated_year IS NULL OR stated_year = fiscal_year)),
from_prose AS (
    SELECT c.department_key, c.fiscal_year, s.headline, coalesce(c.amount_yuan, c.value) AS value, coalesce(c.half_unit, 0) AS half_unit, c.measure AS phase,
           'prose' AS value_source, c.document_key, 'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end AS place,
           NULL AS figure_key, c.claim_key, 1000 + 2 * s.rank + CASE WHEN c.item = s.item THEN 0 ELSE 1 END AS rank,
           c.half_unit AS first_order, c.line_number AS second_order, c.char_start AS third_order
    FROM claims c
    JOIN sources s
      ON s.source = 'prose' AND s.measure = c.measure
     AND (c.item = s.item OR c.line = s.line AND c.fund IN ('', 'all', coalesce(s.fund, '')))
    WHERE coalesce(c.amount_yuan, c.value) IS NOT NULL
      AND (c.claim_kind = 'nil' OR (c.amount_yuan IS NOT NULL) = (s.headline_unit = '元'))),
from_declarations AS (
    SELECT t.department_key, t.fiscal_year, s.headline, CAST(0 AS DECIMAL(28, 8)), CAST(0 AS DECIMAL(28, 8)), 'final_account',
           'declared_empty', t.document_key, t.sheet, NULL, NULL, 10000 + s.rank, t.sheet_number, 0, 0
    FROM core.fact_report_table t
    JOIN sources s ON s.source = 'declared' AND s.report_table = t.report_table
    WHERE t.is_current AND t.state = 'declared_empty' AND t.fiscal_year IS NOT NULL),
chosen AS (
    SELECT * FROM (SELECT * FROM from_tables UNION ALL SELECT * FROM from_prose UNION ALL SELECT * FROM from_declarations)
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, headline
        ORDER BY rank, first_order, second_order, third_order, document_key) = 1),
changes AS (
    SELECT c.department_key, c.fiscal_year, s.headline, coalesce(c.amount_yuan, c.value) AS stated_change
    FROM claims c
    JOIN sources s
      ON s.source = 'prose' AND s.measure = 'final_account' AND c.measure = 'change_vs_prior_year'
     AND (c.item = s.item OR c.line = s.line AND c.fund IN ('', 'all', coalesce(s.fund, '')))
    QUALIFY row_number() OVER (PARTITION BY c.department_key, c.fiscal_year, s.headline
        ORDER BY s.rank, (c.item IS DISTINCT FROM s.item), c.half_unit, c.line_number, c.char_start) = 1)
SELECT c.department_key, d.region_code, c.fiscal_year, c.headline, c.value, c.half_unit, c.phase, c.value_source, c.document_key, c.place,
       c.figure_key, c.claim_key, g.stated_change, c.value - g.stated_change
FROM chosen c
JOIN core.dim_department d USING (department_key)
LEFT JOIN changes g USING (department_key, fiscal_year, headline)
ORDER BY c.department_key, c.fiscal_year, c.headline;
