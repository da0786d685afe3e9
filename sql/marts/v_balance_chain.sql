-- title: 结转结余衔接 | Balances from year to year
-- grain: 一个部门、年度、资金（all、fiscal） | one department, fiscal year and fund (all or fiscal)
-- question: 今年年初结转与去年年末结转对得上吗？ | Does this year's opening balance equal last year's closing balance?
-- example: 哪些年初结转与上年年末对不上？ | Which opening balances differ from the closing balance before?
-- ask: SELECT department_name, fiscal_year, fund, opening_balance, prior_closing_balance, gap FROM mart.v_balance_chain WHERE gap_state = 'gap' ORDER BY abs(gap) DESC, 1, 2, 3
-- example: 每年有多少衔接得上？ | How many agree, year by year?
-- ask: SELECT fiscal_year, gap_state, count(*) AS departments FROM mart.v_balance_chain WHERE fund = 'all' GROUP BY ALL ORDER BY ALL
-- formula: gap = 年初(Y) − 年末(Y−1) | gap = opening(Y) − closing(Y−1)
-- caution: 差异可能合法（审计调整、财政收回、机构划转），需看说明 | gaps can be legal (audit adjustment, recovery, transfer of bodies): read the explanation
-- column prior_closing_balance: 上年年末结转和结余 | Closing balance of the year before
-- column gap: 差额 | Gap
-- column gap_state: closed 一致、gap 不一致、no_prior 无上年 | closed, gap or no_prior

CREATE VIEW mart.v_balance_chain AS
WITH balances(fund, headline, is_opening) AS (
    VALUES ('all', 'opening_balance', TRUE), ('all', 'closing_balance', FALSE),
           ('fiscal', 'fiscal_opening_balance', TRUE), ('fiscal', 'fiscal_closing_balance', FALSE)),
opened AS NOT MATERIALIZED (
    SELECT h.department_key, h.region_code, h.fiscal_year, b.fund, max(h.half_unit) AS half_unit,
           CAST(max(h.value) FILTER (b.is_opening) AS DECIMAL(28, 2)) AS opening_balance,
           max(h.document_key) FILTER (b.is_opening) AS document_key,
           max(coalesce(h.figure_key, h.claim_key)) FILTER (b.is_opening) AS opening_key
    FROM core.fact_headline h
    JOIN balances b ON b.headline = h.headline
    GROUP BY h.department_key, h.region_code, h.fiscal_year, b.fund),
-- By the department that follows, so that a question for it reads nobody else's headlines.
closed AS NOT MATERIALIZED (
    SELECT y.department_key, y.region_code, y.fiscal_year, b.fund, max(h.half_unit) AS half_unit,
           CAST(max(h.value) FILTER (NOT b.is_opening) AS DECIMAL(28, 2)) AS closing_balance,
           max(coalesce(h.figure_key, h.claim_key)) FILTER (NOT b.is_opening) AS closing_key
    FROM core.fact_department_year y
    JOIN core.fact_headline h ON h.department_key = y.prior_department_key AND h.region_code = y.region_code
        AND h.fiscal_year = y.fiscal_year - 1
    JOIN balances b ON b.headline = h.headline
    GROUP BY y.department_key, y.region_code, y.fiscal_year, b.fund)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.fund, p.opening_balance,
       q.closing_balance AS prior_closing_balance, p.opening_balance - q.closing_balance AS gap,
       CASE WHEN q.closing_balance IS NULL THEN 'no_prior'
            WHEN abs(p.opening_balance - q.closing_balance) <= coalesce(p.half_unit, 0) + coalesce(q.half_unit, 0)
                THEN 'closed' ELSE 'gap' END AS gap_state,
       y.series_key, y.quality_flag, nullif(concat_ws(' ', p.opening_key, q.closing_key), '') AS number_keys,
       p.document_key
FROM opened p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
LEFT JOIN closed q ON q.department_key = p.department_key AND q.region_code = p.region_code
    AND q.fiscal_year = p.fiscal_year AND q.fund = p.fund
WHERE p.opening_balance IS NOT NULL;
