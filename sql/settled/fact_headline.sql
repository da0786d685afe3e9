-- title: 关键数 | Headlines of a department and year
-- grain: 一个部门、一个年度、一个关键数 | one department, fiscal year and headline
-- update: department_key
-- note: 先取报表，完整的报表中空白为零，没有报表时取文字，声明为空的表取零；顺序由 headline_sources.csv 决定 | the table's value first, zero where a complete table leaves it blank, prose where there is no table, zero where a table is declared empty; the order stands in headline_sources.csv
-- note: 不成立的勾稽换上另一处所述的数即成立时，取另一处 | where an identity that does not hold would hold with the number stated elsewhere, the one stated elsewhere is taken
-- caution: 由本年变动推出的上年数（implied_prior）与已公布的上年数（published_prior）分开保存 | the prior year implied by this year's stated change is kept apart from the published one
-- column headline: 关键数（见 dim_headline） | Headline, see dim_headline
-- column value: 数值：金额为元，其余按单位 | Value: yuan for money, else in the headline's unit
-- column half_unit: 印刷精度：末位数字的半个单位 | Printed precision: half of the last printed digit
-- column phase: 取自报表时的预算阶段（“三公”预算数以附注所说为准）；文字为计量含义；声明为空、空白为空 | Phase of the table value (for 预算数 of three public expenses what the note says), or measure of the claim; empty for what is declared empty or blank
-- column value_source: 来源：table、blank 报表中空白、prose、derived 推算、declared_empty | table, blank (in a table), prose, derived or declared_empty
-- column doubt: 涉及的不成立勾稽（核对编号，以空格分隔），magnitude 为数量级可疑，year 为文字写了别的年份；没有为空 | Broken identities it is part of (check ids, separated by blanks), magnitude for a suspicious order of magnitude, year where the sentence names another year; NULL where there is none
-- column place: 单元格或行 | Cell or line it stands in
-- column figure_key: 所取数字 | Figure it is taken from
-- column claim_key: 所取文字 | Claim it is taken from
-- column stated_change: 文字所述比上年增减 | Change against the prior year as stated
-- column implied_prior: 由所述变动推出的上年数 | Prior year implied by the stated change
-- column published_prior: 上年材料公布的数 | Prior year as its own disclosure published it
-- column prior_value: 所用上年数：先取公布的，否则取推出的 | Prior year to compare with: published, else implied
-- column prior_source: 上年数来源：published、implied | published or implied

CREATE TABLE core.fact_headline (
    department_key VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    headline VARCHAR NOT NULL,
    value DECIMAL(28, 8) NOT NULL,
    half_unit DECIMAL(28, 8) NOT NULL,
    phase VARCHAR NOT NULL,
    value_source VARCHAR NOT NULL CHECK (value_source IN ('table', 'blank', 'prose', 'derived', 'declared_empty')),
    doubt VARCHAR,
    document_key VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    figure_key VARCHAR,
    claim_key VARCHAR,
    stated_change DECIMAL(28, 8),
    implied_prior DECIMAL(28, 8),
    published_prior DECIMAL(28, 8),
    prior_value DECIMAL(28, 8),
    prior_source VARCHAR CHECK (prior_source IN ('published', 'implied')),
    PRIMARY KEY (department_key, fiscal_year, headline)
);

INSERT INTO core.fact_headline
WITH sources AS (
    SELECT s.*, CAST(s.priority AS INTEGER) AS rank, h.unit AS headline_unit
    FROM stage.reference_headline_sources s JOIN stage.reference_headlines h USING (headline)),
totals AS (
    SELECT * FROM core.fact_amount
    WHERE is_current AND fiscal_year IS NOT NULL AND function_code IS NULL AND economic_code IS NULL),
from_tables AS (
    SELECT a.department_key, a.fiscal_year, s.headline, coalesce(a.amount_yuan, a.value) AS value, coalesce(a.half_unit,
           0) AS half_unit,
           CASE WHEN s.headline LIKE 'three_public%budget' THEN coalesce(b.budget_basis, a.phase)
               ELSE a.phase END AS phase, 'table' AS value_source,
           a.document_key, a.sheet || '!' || a.cell AS place, a.figure_key,
               NULL AS claim_key, s.rank,
           a.sheet_number AS first_order, a.row_number AS second_order, a.column_number AS third_order,
               a.figure_key AS number_key
    FROM totals a
    JOIN sources s
      ON s.source = 'table' AND s.report_table = a.report_table AND s.phase = a.phase
     AND (s.line IS NULL OR s.line = a.line) AND (s.side IS NULL OR s.side = a.side)
     AND (s.component IS NULL OR s.component = a.component) AND (s.fund IS NULL OR s.fund = a.fund)
     AND (s.flow IS NULL OR s.flow = a.flow) AND (s.row_role IS NULL OR s.row_role = a.row_role)
    LEFT JOIN core.fact_three_public_basis b ON b.department_key = a.department_key AND b.fiscal_year = a.fiscal_year
    WHERE (a.value_kind = 'money') = (s.headline_unit = '元') AND coalesce(a.amount_yuan, a.value) IS NOT NULL
      AND (a.amount_yuan IS NOT NULL OR s.headline_unit <> '元')),
-- A blank counts as zero where every printing of the table has that row and column, and no row of the table is without meaning.
columns AS MATERIALIZED (
    SELECT department_key, fiscal_year, document_key, report_table, phase, component, fund, flow,
           min(sheet_number) AS sheet_number,
           min(sheet) AS sheet, bool_or(row_role = 'total') AS has_total,
           bool_or(line IS NULL AND row_role <> 'total' AND function_code IS NULL AND economic_code IS NULL
               AND amount_yuan <> 0) AS has_unread_row
    FROM core.fact_amount
    WHERE is_current AND fiscal_year IS NOT NULL AND value_kind = 'money'
    GROUP BY ALL),
complete_tables AS (
    SELECT department_key, fiscal_year, document_key, report_table, phase, min(sheet_number) AS sheet_number,
           min(sheet) AS sheet,
           bool_or(has_total) AS has_total
    FROM columns
    GROUP BY department_key, fiscal_year, document_key, report_table, phase
    HAVING NOT bool_or(has_unread_row)),
from_blanks AS (
    SELECT t.department_key, t.fiscal_year, s.headline, CAST(0 AS DECIMAL(28, 8)), CAST(0 AS DECIMAL(28, 8)), '',
           'blank',
           t.document_key, t.sheet, NULL, NULL, 100 + s.rank, t.sheet_number, 0, 0, NULL
    FROM complete_tables t
    JOIN sources s ON s.source = 'table' AND s.blank_is_zero = 'true' AND s.report_table = t.report_table
        AND s.phase = t.phase
    WHERE CASE WHEN s.row_role = 'total'
               THEN t.has_total AND NOT EXISTS (
                   SELECT 1 FROM columns c
                   WHERE c.document_key = t.document_key AND c.report_table = t.report_table AND c.phase = s.phase
                     AND c.component = s.component AND (s.flow IS NULL OR s.flow = c.flow) AND (s.fund IS NULL
                         OR s.fund = c.fund))
               ELSE EXISTS (
                   SELECT 1 FROM columns c
                   WHERE c.document_key = t.document_key AND c.report_table = t.report_table AND c.phase = s.phase
                     AND (s.component IS NULL OR c.component = s.component) AND (s.fund IS NULL
                         OR s.fund = c.fund)) END),
claims AS (
    SELECT claim_key, document_key, department_key, fiscal_year, line_number, char_start, char_end, item, line, measure,
           basis, fund,
           claim_kind, stated_year, value, amount_yuan, half_unit,
           document_key || '/' || line_number || ':' || char_start AS number_key FROM core.fact_claim
    WHERE is_current AND fiscal_year IS NOT NULL AND claim_kind <> 'template_remnant'
      AND (stated_year IS NULL OR stated_year = fiscal_year OR section = 'assets' AND measure IN ('count', 'area',
          'balance'))),
-- A budget may also be told by its difference from the final account, and that takes the final account told with it.
wanted AS (
    SELECT *, unnest(CASE measure WHEN 'final_account' THEN ['final_account', 'change_vs_prior_year']
                                  WHEN 'initial_budget' THEN ['initial_budget', 'change_vs_budget', 'final_account']
                                  ELSE [measure] END) AS claim_measure
    FROM sources WHERE source = 'prose'),
by_item AS (
    SELECT c.*, w.headline, w.measure AS wanted, w.rank, FALSE AS is_by_line, w.headline_unit
    FROM claims c JOIN wanted w ON w.claim_measure = c.measure AND w.item = c.item),
by_line AS (
    SELECT c.*, w.headline, w.measure AS wanted, w.rank, TRUE AS is_by_line, w.headline_unit
    FROM claims c
    JOIN wanted w ON w.claim_measure = c.measure AND w.line = c.line
    -- A count is of no fund, whatever its section is about.
    WHERE (w.headline_unit <> '元' OR c.fund IN ('', 'all', coalesce(w.fund, ''))) AND c.item IS DISTINCT FROM w.item),
meant AS MATERIALIZED (
    SELECT * FROM (SELECT * FROM by_item UNION ALL SELECT * FROM by_line)
    WHERE measure <> 'change_vs_budget' OR NOT contains(basis, '全年')),
from_prose AS (
    SELECT department_key, fiscal_year, headline, coalesce(amount_yuan, value) AS value, coalesce(half_unit,
           0) AS half_unit,
           measure AS phase, 'prose' AS value_source, document_key,
           'line ' || line_number || ':' || char_start || '-' || char_end AS place, NULL AS figure_key, claim_key,
           CASE WHEN stated_year <> fiscal_year THEN 5000 ELSE 1000 END + 2 * rank + CASE WHEN is_by_line THEN 1
               ELSE 0 END AS rank,
           half_unit AS first_order, line_number AS second_order,
           char_start AS third_order, number_key
    FROM meant
    WHERE measure = wanted AND coalesce(amount_yuan, value) IS NOT NULL
      AND (claim_kind = 'nil' OR (amount_yuan IS NOT NULL) = (headline_unit = '元'))),
-- 比年初预算增加: where only the final account and its difference are stated, the budget is what lies between.
from_differences AS (
    SELECT c.department_key, c.fiscal_year, c.headline, CAST(f.amount_yuan - c.amount_yuan AS DECIMAL(28, 8)),
           coalesce(f.half_unit, 0) + coalesce(c.half_unit, 0), 'initial_budget', 'derived', c.document_key,
           'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end, NULL, c.claim_key, 5000 + c.rank,
               c.half_unit,
           c.line_number, c.char_start, c.number_key
    FROM meant c
    JOIN meant f
      ON f.document_key = c.document_key AND f.headline = c.headline AND f.line_number = c.line_number
          AND f.item = c.item
     AND f.measure = 'final_account' AND f.amount_yuan IS NOT NULL AND f.char_start < c.char_start
    WHERE c.wanted = 'initial_budget' AND c.measure = 'change_vs_budget' AND c.amount_yuan IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY c.claim_key, c.headline ORDER BY f.char_start DESC, f.claim_key) = 1),
-- Personnel and public cost of a text that lists its economic classes: their sums, where the classes add up to basic spending.
classes AS (
    SELECT e.department_key, e.fiscal_year, e.document_key, d.spend_group, e.final_account
    FROM core.fact_economic_year e
    JOIN (SELECT economic_code, min(spend_group) AS spend_group FROM core.dim_economic
    GROUP BY economic_code) d USING (economic_code)
    ANTI JOIN core.fact_economic_year c
      ON c.department_key = e.department_key AND c.fiscal_year = e.fiscal_year AND c.fund = e.fund
          AND c.spending_kind = e.spending_kind
     AND c.economic_code = left(e.economic_code, 3) AND c.economic_code <> e.economic_code
    WHERE e.fund = 'general_public_budget' AND e.spending_kind = 'basic' AND e.final_account IS NOT NULL),
class_sums AS (
    SELECT department_key, fiscal_year, max(document_key) AS document_key, sum(final_account) AS whole,
           coalesce(sum(final_account) FILTER (spend_group = 'personnel'), 0) AS personnel,
           coalesce(sum(final_account) FILTER (spend_group = 'public'), 0) AS public_cost
    FROM classes GROUP BY department_key, fiscal_year),
from_economics AS (
    SELECT c.department_key, c.fiscal_year, x.headline, CAST(x.value AS DECIMAL(28, 8)), b.half_unit, 'final_account',
           'derived',
           c.document_key, b.place, NULL, NULL, 6000, 0, 0, 0, NULL
    FROM class_sums c
    JOIN (SELECT * FROM from_tables UNION ALL SELECT * FROM from_prose) b
      ON b.department_key = c.department_key AND b.fiscal_year = c.fiscal_year AND b.headline = 'general_basic'
     AND abs(b.value - c.whole) <= b.half_unit
    CROSS JOIN LATERAL (VALUES ('basic_personnel', c.personnel), ('basic_public', c.public_cost)) AS x(headline,
        value)),
from_declarations AS (
    SELECT t.department_key, t.fiscal_year, s.headline, CAST(0 AS DECIMAL(28, 8)), CAST(0 AS DECIMAL(28, 8)), '',
           'declared_empty', t.document_key, t.sheet, NULL, NULL, 10000 + s.rank, t.sheet_number, 0, 0, NULL
    FROM core.fact_report_table t
    JOIN sources s ON s.source = 'declared' AND s.report_table = t.report_table
    WHERE t.is_current AND t.state = 'declared_empty' AND t.fiscal_year IS NOT NULL),
candidates AS MATERIALIZED (
    SELECT * FROM from_tables UNION ALL SELECT * FROM from_blanks UNION ALL SELECT * FROM from_prose
    UNION ALL SELECT * FROM from_differences UNION ALL SELECT * FROM from_economics UNION ALL SELECT *
        FROM from_declarations),
disproved AS (
    SELECT DISTINCT c.department_key, c.fiscal_year, c.headline, c.number_key
    FROM candidates c
    JOIN core.fact_doubt d ON d.number_key = c.number_key AND NOT d.is_rate AND d.difference IS NOT NULL
    JOIN candidates o
      ON o.department_key = c.department_key AND o.fiscal_year = c.fiscal_year AND o.headline = c.headline
     AND o.number_key <> c.number_key AND abs(o.value - c.value) > o.half_unit + c.half_unit
    WHERE NOT list_contains(d.numbers, o.number_key)
      AND abs(d.difference - d.weight * (c.value - o.value)) <= coalesce(d.allowed, 0) + c.half_unit + o.half_unit),
chosen AS (
    SELECT c.* FROM candidates c
    LEFT JOIN disproved x
           ON x.department_key = c.department_key AND x.fiscal_year = c.fiscal_year AND x.headline = c.headline
          AND x.number_key = c.number_key
    QUALIFY row_number() OVER (PARTITION BY c.department_key, c.fiscal_year, c.headline
        ORDER BY (x.number_key IS NOT NULL), c.rank, c.first_order, c.second_order, c.third_order, c.document_key) = 1),
-- Of numbers that agree in the text the one printed most finely counts.
finest AS MATERIALIZED (
    SELECT c.* FROM chosen c WHERE c.value_source <> 'prose'
    UNION ALL
    SELECT o.* FROM chosen c
    JOIN candidates o
      ON o.department_key = c.department_key AND o.fiscal_year = c.fiscal_year AND o.headline = c.headline
     AND o.value_source = 'prose' AND o.document_key = c.document_key
         AND abs(o.value - c.value) <= o.half_unit + c.half_unit
    WHERE c.value_source = 'prose'
    QUALIFY row_number() OVER (PARTITION BY c.department_key, c.fiscal_year, c.headline
        ORDER BY o.half_unit, o.rank, o.second_order, o.third_order, o.number_key) = 1),
-- The general budget of a text that states it for basic and project spending alone.
with_sums AS MATERIALIZED (
    SELECT * EXCLUDE (first_order, second_order, third_order) FROM finest
    UNION ALL
    SELECT b.department_key, b.fiscal_year, 'general_initial_budget', b.value + p.value, b.half_unit + p.half_unit,
           'initial_budget',
           'derived', b.document_key, b.place, NULL, b.claim_key, b.rank, b.number_key
    FROM finest b
    JOIN finest p ON p.department_key = b.department_key AND p.fiscal_year = b.fiscal_year
        AND p.headline = 'general_project_initial_budget'
    ANTI JOIN (SELECT department_key, fiscal_year FROM finest WHERE headline = 'general_initial_budget') g
        ON g.department_key = b.department_key AND g.fiscal_year = b.fiscal_year
    WHERE b.headline = 'general_basic_initial_budget'),
changes AS (
    SELECT department_key, fiscal_year, headline, coalesce(amount_yuan, value, 0) AS stated_change
    FROM meant
    WHERE wanted = 'final_account' AND measure = 'change_vs_prior_year'
      AND (amount_yuan IS NOT NULL OR claim_kind IN ('flat', 'nil') OR headline_unit <> '元')
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year, headline
        ORDER BY rank, is_by_line, half_unit, line_number, char_start) = 1),
doubts AS (
    SELECT number_key, string_agg(DISTINCT check_id, ' ' ORDER BY check_id) AS doubt
    FROM core.fact_doubt WHERE NOT is_rate GROUP BY number_key),
joined AS MATERIALIZED (
    SELECT c.*, d.region_code, g.stated_change, c.value - g.stated_change AS implied_prior, p.value AS published_prior,
           b.doubt,
           c.headline IN ('total_resources', 'total_uses', 'income', 'income_fiscal', 'expenditure', 'basic', 'project',
                          'fiscal_expenditure', 'general_expenditure') AS is_main
    FROM with_sums c
    JOIN core.dim_department d USING (department_key)
    JOIN core.fact_department_year y USING (department_key, fiscal_year)
    LEFT JOIN changes g USING (department_key, fiscal_year, headline)
    LEFT JOIN doubts b USING (number_key)
    LEFT JOIN with_sums p ON p.department_key = y.prior_department_key AND p.fiscal_year = c.fiscal_year - 1
        AND p.headline = c.headline),
-- 万元 printed for 元: a main total exactly ten thousand times another one of its document, or a thousand times its year before.
misprinted AS (
    SELECT c.department_key, c.fiscal_year, c.headline
    FROM joined c
    JOIN joined o ON o.department_key = c.department_key AND o.fiscal_year = c.fiscal_year
    WHERE c.is_main AND o.is_main AND o.value > 0 AND abs(c.value - 10000 * o.value) <= c.half_unit
        + 10000 * o.half_unit
    UNION
    SELECT department_key, fiscal_year, headline
    FROM joined
    WHERE is_main AND value > 0 AND published_prior > 0
      AND (value >= 1000 * published_prior OR published_prior >= 1000 * value))
SELECT j.department_key, j.region_code, j.fiscal_year, j.headline, j.value, j.half_unit, j.phase, j.value_source,
       nullif(concat_ws(' ', j.doubt, CASE WHEN j.rank >= 5000 AND j.value_source = 'prose' THEN 'year' END,
                        CASE WHEN m.headline IS NOT NULL THEN 'magnitude' END), ''), j.document_key, j.place,
                            j.figure_key,
       j.claim_key, j.stated_change, j.implied_prior, j.published_prior, coalesce(j.published_prior, j.implied_prior),
       CASE WHEN j.published_prior IS NOT NULL THEN 'published' WHEN j.implied_prior IS NOT NULL THEN 'implied' END
FROM joined j
LEFT JOIN misprinted m USING (department_key, fiscal_year, headline)
ORDER BY j.department_key, j.fiscal_year, j.headline;
