-- title: 文字数的核对去向 | What became of each claim
-- grain: 文字中一个数字的一种含义；没有对应的也在内，附原因 | one meaning of one number of the text; numbers that meet no figure are here with the reason
-- caution: 一个数字有两种含义（收、支总计）时为两行 | a number of two meanings (total income, total expenditure) has two rows
-- question: 哪些文字数与报表核对过，哪些没有，为什么？ | Which numbers of the text were held against a table, which were not, and why?
-- example: 哪些文字数没有核对，为什么？ | Which numbers of the text met no figure, and why?
-- ask: SELECT unlinked_reason, count(*) AS numbers FROM mart.v_claim_link WHERE outcome = 'unlinked' GROUP BY unlinked_reason ORDER BY numbers DESC, unlinked_reason
-- example: 哪些文字数与报表不符？ | Which numbers of the text contradict a table?
-- ask: SELECT department_name, fiscal_year, item, claim_printed, claim_unit, figure_printed, figure_unit FROM mart.v_claim_link WHERE outcome = 'broken' ORDER BY ALL
-- formula: 同一部门、年度、资金、计量、科目与阶段的数字，按较粗的单位比较 | same entity, year, fund, measure, classification and phase, compared in the coarser unit
-- note: outcome：exact 相等、within_rounding 在印刷精度内、broken 不一致、unlinked 没有对应 | outcome is exact, within_rounding, broken or unlinked
-- column section: 章节代码 | Section code
-- column claim_printed: 文字所印 | As printed in the text
-- column claim_unit: 文字的单位 | Unit in the text
-- column figure_printed: 报表所印 | As printed in the table
-- column figure_unit: 报表的单位 | Unit in the table
-- column unlinked_reason: 没有对应的原因 | Why there is none

CREATE VIEW mart.v_claim_link AS
SELECT l.claim_key, CASE WHEN l.cell <> ''
       THEN l.figure_document_key || '/' || l.sheet_number || '/' || l.cell END AS figure_key,
       l.department_key, p.department_name, p.region_code, p.level, l.fiscal_year, l.section, l.item, l.measure,
           l.check_id, l.outcome, l.reason AS unlinked_reason,
       l.claim_printed, l.claim_unit, l.claim_amount, nullif(l.figure_printed, '') AS figure_printed,
           nullif(l.figure_unit, '') AS figure_unit,
       l.figure_amount, 'line ' || l.line_number || ':' || l.char_start || '-' || l.char_end AS claim_place,
       CASE WHEN l.cell <> '' THEN l.sheet || '!' || l.cell END AS figure_place, l.document_key AS claim_document_key,
       nullif(l.figure_document_key, '') AS figure_document_key, p.series_key, p.quality_flag
FROM core.claim_link l
JOIN mart.v_department_year p ON p.department_key = l.department_key AND p.fiscal_year = l.fiscal_year;
