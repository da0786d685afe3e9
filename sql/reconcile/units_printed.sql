-- title: 百分号与单位齐全 | Percent signs and units are printed
-- grain: 一处缺少单位的数字 | one number without its unit
-- note: 只看说明数字的章节；全文只有一处以元为单位、其余都是万元的金额也算；没有发现时每份文字一行 | only the sections that state figures, and the one amount in yuan of a text whose others are all in 10,000 yuan; one row a text where nothing is found

WITH figures AS (
    SELECT disclosure_key, document_key, line_number, text
    FROM core.fact_paragraph
    WHERE is_current AND section IN ('income_expenditure_total', 'income', 'expenditure', 'fiscal_total',
            'general_public', 'basic',
        'three_public', 'three_public_items', 'government_fund', 'state_capital', 'running_cost', 'procurement',
        'budget_execution')),
found AS (
    SELECT disclosure_key, document_key, 'line ' || line_number AS place, words,
           '“' || words || '”的数字后没有单位' AS said_zh, 'the number in "' || words || '" has no unit' AS said_en
    FROM (SELECT *, unnest(list_concat(
        regexp_extract_all(text,
            '(?:增长|下降|增加|减少|提高|降低|占[^,。;、\d]{0,16}|完成[^,。;、\d]{0,16}的)\s*\d[\d,]*(?:\.\d+)?\s*(?:[。;)]|,[^\d]|$)'),
        regexp_extract_all(text, '\d[\d,]*(?:\.\d+)?\s*万[(,。;]'),
        regexp_extract_all(text,
            '(?:收入|支出|总计|合计|决算|预算|数|费|[比较](?:上年|去年)度?)(?:为|是|的)?\d[\d,]*\.\d+(?:相比较?|相较|比较)?,?' ||
            '(?:减少|增加|增长|下降|上升)'),
        -- Too long for a code of the classification: 财政拨款收入15603785,.
        regexp_extract_all(text, '(?:收入|支出|总计|合计)(?:为|是)?\d{8,}(?:\.\d+)?(?:[。;)]|,[^\d]|$)'))) AS words
        FROM figures)
    UNION ALL
    -- The one amount in 元 of a text that prints all others in 万元: 1.62元.
    SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end,
           printed || unit,
           '“' || printed || unit || '”是本文唯一以元为单位的金额，“元”前可能漏了“万”',
           '“' || printed || unit || '” is the only amount in yuan of this text: 万 may be missing before 元'
    FROM (FROM core.fact_claim
          WHERE is_current AND claim_kind = 'number' AND value_kind = 'money' AND value <> 0
            AND NOT regexp_matches(item, '[人户生次批]均|每|标准|定额|单价')
            AND (measure <> 'average' OR contains(item, '车均'))
          WINDOW of_text AS (PARTITION BY document_key)
          QUALIFY count(*) FILTER (unit = '元') OVER of_text = 1
              AND count(*) FILTER (unit IN ('万元', '亿元')) OVER of_text >= 2)
    WHERE unit = '元' AND contains(printed, '.') AND abs(value) < 1000 AND contains(sentence, printed || unit))
SELECT disclosure_key, document_key, place, words AS subject, FALSE AS holds, said_zh, said_en
FROM found
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM figures WHERE document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
