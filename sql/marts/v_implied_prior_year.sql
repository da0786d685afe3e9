-- title: 推出的上年数 | Prior-year figures implied by stated changes
-- grain: 文字中一条“比上年增减” | one stated change against the prior year
-- question: 没有上年材料时，上年数是多少？ | What was the year before, where its disclosure is not held?
-- example: 没有上年材料时，上年数是多少？ | What was the year before, where it is not held?
-- ask: SELECT department_name, prior_year, item, implied_prior FROM mart.v_implied_prior_year ORDER BY ALL LIMIT 20
-- example: 某部门的推出数？ | What is implied for one department?
-- ask: SELECT item, final_account, stated_change, implied_prior FROM mart.v_implied_prior_year WHERE department_name LIKE '%应急管理局' ORDER BY ALL LIMIT 20
-- formula: implied_prior = 同一事项的决算数 − 带符号的变动数 | implied_prior = final account of the same item − signed change
-- caution: 推算数，与公布数分开保存，从不混用 | derived, kept apart from published figures and never mixed with them
-- column prior_year: 上一年度 | The year it is about
-- column stated_change: 所述增减 | Change as stated
-- column implied_half_unit: 推出数的精度（元） | Half-unit of the implied amount, in yuan
-- column final_claim_key: 决算数所在 | Claim that states the final account

CREATE VIEW mart.v_implied_prior_year AS
SELECT c.department_key, d.department_name, d.region_code, d.level, c.fiscal_year, c.fiscal_year - 1 AS prior_year,
       c.item, c.line,
       c.function_code, c.economic_code, c.fund, f.amount_yuan AS final_account, c.amount_yuan AS stated_change,
       CAST(f.amount_yuan - c.amount_yuan AS DECIMAL(28, 2)) AS implied_prior,
           f.half_unit + c.half_unit AS implied_half_unit,
       c.claim_key AS change_claim_key, f.claim_key AS final_claim_key, b.doubt, c.document_key, d.series_key,
       d.quality_flag
FROM core.fact_claim c
JOIN mart.v_department_year d USING (department_key, fiscal_year)
JOIN core.fact_department_year y
  ON y.department_key = c.department_key AND y.fiscal_year = c.fiscal_year AND y.region_code = d.region_code
JOIN core.fact_claim f
  ON f.document_key = c.document_key AND f.department_key = c.department_key AND f.fiscal_year = c.fiscal_year
      AND f.item = c.item AND f.section_path = c.section_path AND f.fund = c.fund
 AND f.measure = 'final_account' AND f.amount_yuan IS NOT NULL
 AND f.function_code IS NOT DISTINCT FROM c.function_code AND f.economic_code IS NOT DISTINCT FROM c.economic_code
LEFT JOIN (SELECT number_key, string_agg(DISTINCT check_id, ' ' ORDER BY check_id) AS doubt
           FROM core.fact_doubt WHERE NOT is_rate GROUP BY number_key) b
       ON b.number_key = f.document_key || '/' || f.line_number || ':' || f.char_start
WHERE c.measure = 'change_vs_prior_year' AND c.amount_yuan IS NOT NULL AND c.is_current
QUALIFY row_number() OVER (PARTITION BY d.region_code, c.department_key, c.fiscal_year, c.claim_key
    ORDER BY abs(CAST(c.line_number AS BIGINT) - CAST(f.line_number AS BIGINT)),
        abs(CAST(c.char_start AS BIGINT) - CAST(f.char_start AS BIGINT)), f.claim_key) = 1;
