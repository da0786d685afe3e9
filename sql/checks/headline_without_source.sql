-- title: 报表有数而关键数为空 | A figure of a table whose headline is empty
-- severity: warning
-- cause: reference
-- update: document_key
-- hint: 在 pipelines/reference/headline_sources.csv 为该报表加一行来源 | add a source row for that report table to pipelines/reference/headline_sources.csv
-- note: 一行或一栏可有几种含义（总表与财政拨款总表的支出总计），都没有关键数才算 | a row or column may mean several headlines (支出总计 of two tables): it counts where none of them has a value

WITH sources AS (
    SELECT headline, line, component, row_role,
           CASE WHEN report_table LIKE 'general_budget%' THEN 'general_public_budget'
                WHEN report_table LIKE 'government_fund%' THEN 'government_fund'
                WHEN report_table LIKE 'state_capital%' THEN 'state_capital'
                WHEN report_table LIKE 'fiscal%' THEN 'fiscal' ELSE 'all' END AS fund,
           coalesce(flow, CASE WHEN report_table LIKE 'income%' THEN 'income' ELSE 'expenditure' END) AS flow
    FROM stage.reference_headline_sources
    WHERE source = 'table' AND phase = 'final_account'),
named_lines AS (
    SELECT DISTINCT line, headline FROM sources WHERE line <> 'total'),
totals AS (
    SELECT DISTINCT fund, flow, component, headline
    FROM sources WHERE line IS NULL AND row_role = 'total' AND component IS NOT NULL),
-- Tables whose total row is the total of the department: codes or units down, kinds of money across.
crossed_tables AS (
    SELECT report_table FROM core.dim_report_table
    WHERE table_grain LIKE '功能科目×%' OR table_grain LIKE '单位×%'),
printed AS (
    SELECT document_key, department_key, fiscal_year, report_table, fund, flow, line, component, row_role,
           sheet || '!' || cell AS place
    FROM core.fact_amount
    WHERE is_current AND fiscal_year IS NOT NULL AND phase = 'final_account' AND value IS NOT NULL
      AND function_code IS NULL AND economic_code IS NULL
      AND (row_role = 'total' OR component IN ('total', 'quantity', 'statistic', 'actual_procurement'))),
meant AS (
    SELECT p.*, n.headline, p.line AS what
    FROM printed p
    JOIN named_lines n USING (line)
    WHERE p.component IN ('total', 'quantity', 'statistic', 'actual_procurement')
    UNION ALL
    SELECT p.*, t.headline, 'a total (' || p.component || ')'
    FROM printed p
    JOIN crossed_tables c USING (report_table)
    JOIN totals t
      ON t.flow = p.flow AND t.component = p.component
     AND (t.fund = p.fund OR t.component NOT IN ('total', 'basic', 'project'))
    WHERE p.row_role = 'total'),
-- Counted alone first: to collect places and names of every group, nearly all of which have a headline, takes memory.
empty AS (
    SELECT m.document_key, m.department_key, m.fiscal_year, m.report_table, m.what
    FROM meant m
    LEFT JOIN core.fact_headline h
           ON h.department_key = m.department_key AND h.fiscal_year = m.fiscal_year AND h.headline = m.headline
    GROUP BY m.document_key, m.department_key, m.fiscal_year, m.report_table, m.what
    HAVING count(h.headline) = 0)
SELECT m.document_key, min(m.place) AS place,
       'the table ' || m.report_table || ' prints ' || m.what || ', yet the headline '
           || string_agg(DISTINCT m.headline, ' or ' ORDER BY m.headline) || ' is empty' AS message
FROM meant m
JOIN empty USING (document_key, department_key, fiscal_year, report_table, what)
GROUP BY m.document_key, m.department_key, m.fiscal_year, m.report_table, m.what
ORDER BY m.document_key, place, message
