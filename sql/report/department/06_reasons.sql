-- title: 变动及所述原因 | Changes and the reasons stated
-- grain: 一项变动的一条原因 | one reason for one change
-- note: 金额最大的 40 条 | the 40 largest
-- view: v_reasons
-- column fiscal_year: 年度 | Year
-- column item: 项目 | Item
-- column basis: 相比 | Against
-- column basis_en: 相比 | Against
-- column change_yuan: 变动（元） | Change (yuan)
-- column reason: 所述原因 | Reason stated

SELECT w.series_key AS page_key, w.fiscal_year, r.item, r.basis, replace(r.basis, '_', ' ') AS basis_en,
       r.change_yuan, coalesce(r.change_claim_key, r.claim_key) AS change_yuan_to,
       r.reason, coalesce(r.claim_key, r.document_key) AS reason_to
FROM wanted w
JOIN mart.v_reasons r USING (department_key, fiscal_year)
QUALIFY row_number() OVER (PARTITION BY w.series_key ORDER BY abs(r.change_yuan) DESC NULLS LAST, r.claim_key) <= 40
ORDER BY page_key, w.fiscal_year DESC, abs(r.change_yuan) DESC NULLS LAST, r.claim_key
