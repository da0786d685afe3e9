-- title: 文字数的核对去向 | What became of each claim
-- grain: 文字中一个数字的一次对应；没有对应的也在内，附原因 | one link of one number of the text; numbers that meet no figure are here with the reason
-- caution: 一个数字有两种含义（收、支总计）时，item 与 measure 并列两种 | where a number has two meanings, item and measure hold both
-- question: 哪些文字数与报表核对过，哪些没有，为什么？ | Which numbers of the text were held against a table, which were not, and why?
-- formula: 同一部门、年度、资金、计量、科目与阶段的数字，按较粗的单位比较 | same entity, year, fund, measure, classification and phase, compared in the coarser unit
-- column claim_key: 文字数 | Claim
-- column figure_key: 报表数，空表示没有对应 | Figure; NULL where there is none
-- column section: 章节代码 | Section code
-- column claim_printed: 文字所印数字 | Number as the text prints it
-- column claim_unit: 文字所印单位 | Unit as the text prints it
-- column figure_printed: 报表所印数字 | Number as the table prints it
-- column figure_unit: 报表所印单位 | Unit as the table prints it
-- column claim_place: 文字位置 | Place in the text
-- column figure_place: 报表位置 | Place in the table
-- column check_id: 所用的核对 | Check that compared them
-- column outcome: exact 相等、within_rounding 在印刷精度内、broken 不一致、unlinked 没有对应 | exact, within_rounding, broken or unlinked
-- column reason: 没有对应的原因 | Why there is none
-- column section: 章节代码 | Section code
-- column claim_printed: 文字所印 | As printed in the text
-- column claim_unit: 文字的单位 | Unit in the text
-- column figure_printed: 报表所印 | As printed in the table
-- column figure_unit: 报表的单位 | Unit in the table
-- column claim_place: 文字位置 | Place in the text
-- column figure_place: 报表位置 | Place in the table
-- column claim_amount: 文字金额（元） | Amount in the text, in yuan
-- column figure_amount: 报表金额（元） | Amount in the table, in yuan

CREATE VIEW mart.v_claim_link AS
WITH several_meanings AS (
    SELECT document_key, line_number, char_start FROM core.fact_claim WHERE NOT ends_with(claim_key, '/1')),
numbers AS (
    SELECT document_key, department_key, fiscal_year, line_number, char_start, claim_key, char_end, section, item, measure, printed, unit, amount_yuan
    FROM core.fact_claim ANTI JOIN several_meanings USING (document_key, line_number, char_start)
    UNION ALL
    SELECT document_key, department_key, fiscal_year, line_number, char_start, min(claim_key), any_value(char_end), any_value(section),
           string_agg(DISTINCT item, '、' ORDER BY item), string_agg(DISTINCT measure, '、' ORDER BY measure), any_value(printed),
           any_value(unit), any_value(amount_yuan)
    FROM core.fact_claim SEMI JOIN several_meanings USING (document_key, line_number, char_start)
    GROUP BY document_key, department_key, fiscal_year, line_number, char_start)
SELECT c.claim_key, f.figure_key, c.department_key, p.department_name, p.region_code, p.level, c.fiscal_year, c.section, c.item, c.measure,
       l.check_id, l.outcome, l.reason, c.printed AS claim_printed, c.unit AS claim_unit, c.amount_yuan AS claim_amount, f.printed AS figure_printed, f.unit AS figure_unit,
       f.amount_yuan AS figure_amount, 'line ' || c.line_number || ':' || c.char_start || '-' || c.char_end AS claim_place,
       f.sheet || '!' || f.cell AS figure_place, c.document_key AS claim_document_key, f.document_key AS figure_document_key
FROM core.claim_link l
JOIN numbers c ON c.document_key = l.document_key AND c.line_number = l.line_number AND c.char_start = l.char_start
JOIN core.dim_department p ON p.department_key = c.department_key
LEFT JOIN core.fact_amount f
       ON f.department_key = c.department_key AND f.document_key = l.figure_document_key AND f.sheet_number = l.sheet_number AND f.cell = l.cell;
