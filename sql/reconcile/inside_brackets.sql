-- title: 括号里的部分不多于括号前的数 | Parts in a bracket are at most the amount before it
-- grain: 一个紧接着括号、括号里列出部分的金额 | one amount right behind which a bracket lists parts
-- note: 只看括号以“其中、包括、含”开头、里面没有第二层“其中”的，且同一度量、同一单位；括号里写的增减不算 | only brackets that open with 其中, 包括 or 含 and hold no second 其中, of one measure and unit; changes are no parts

WITH amounts AS (
    SELECT *, CAST(sentence_offset AS INTEGER) AS spot,
           substr(sentence, CAST(sentence_offset AS INTEGER) + 1 + length(printed) + length(unit)) AS behind
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND amount_yuan IS NOT NULL AND stated_year IS NULL
      AND measure IN ('final_account', 'initial_budget', 'annual_budget', 'balance', 'amount')),
wholes AS (
    SELECT *, regexp_extract(behind, '^\(((?:其中|包括|含)[:,]?[^()]*)\)', 1) AS inside
    FROM amounts
    WHERE regexp_matches(behind, '^\((?:其中|包括|含)')),
parts AS (
    SELECT w.disclosure_key, w.document_key, w.item, w.line_number, w.char_start, w.char_end, w.amount_yuan AS whole,
           w.half_unit AS whole_open, p.amount_yuan AS part, p.half_unit AS open
    FROM wholes w
    JOIN amounts p ON p.document_key = w.document_key AND p.paragraph = w.paragraph AND p.sentence = w.sentence
        AND p.measure = w.measure AND p.unit = w.unit
        AND p.spot > w.spot + length(w.printed) + length(w.unit)
        AND p.spot < w.spot + length(w.printed) + length(w.unit) + 1 + length(w.inside)
    WHERE w.inside <> '' AND NOT regexp_matches(w.inside, '.{2}(?:其中|合计|共计)')),
added AS (
    SELECT disclosure_key, document_key, item, line_number, char_start, char_end, whole, sum(part) AS parts,
           sum(coalesce(open, 0)) + any_value(coalesce(whole_open, 0)) AS open
    FROM parts GROUP BY ALL)
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end AS place,
       item AS subject, parts <= whole + open AS holds,
       '“' || item || '”之后括号里的部分加起来比它多' AS said_zh,
       'the parts in the bracket behind ' || item || ' are more than it' AS said_en
FROM added
ORDER BY ALL
