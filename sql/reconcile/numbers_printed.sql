-- title: 单位之前有数字 | A number stands before each unit
-- grain: 一处有单位而没有数字的金额或百分比 | one amount or percent whose unit is printed and whose number is not
-- note: 只看说明数字的章节，且单位紧接在“总计、支出、增加、为、是”等词之后，百分号在数字之后的“增长、下降、完成、占”之后；没有发现时每份文字一行 | only the sections that state figures, and only units right behind words such as 总计, 支出, 增加, 为, 是, percent signs behind a number and then 增长, 下降, 完成 or 占; one row a text where nothing is found

WITH figures AS (
    SELECT disclosure_key, document_key, line_number, text
    FROM core.fact_paragraph
    WHERE is_current AND section IN ('income_expenditure_total', 'income', 'expenditure', 'fiscal_total',
            'general_public', 'basic',
        'three_public', 'three_public_items', 'government_fund', 'state_capital', 'running_cost', 'procurement',
            'performance', 'assets')),
found AS (
    SELECT *, unnest(regexp_extract_all(text,
        '[^,。;:、]{0,12}(?:总计|合计|总额|金额|支出|收入|预算|决算|经费|费用|[^单]费|结余|增加|减少|为|是|共计)(?:万元|亿元|元)(?:[,。;、)]|$)')
        || regexp_extract_all(text, '[^,。;:、]{0,12}(?:各|分别)(?:为|是)、[0-9]')
        || regexp_extract_all(text, '[^,。;:、]{0,12}元(?:\(含\))?以上[^,。;:、0-9(]{0,12}设备台(?:\(套\)|/套|套)?(?:[,。;]|$)')
        || regexp_extract_all(text, '[^,。;:、]{0,12}平均得分分(?:[,。;]|$)')
        || regexp_extract_all(text,
        '[0-9][^。;]*?((?:增长|下降|占|完成)[^,。;:、()0-9]{0,16}%)(?:[,。;)(]|$)', 1)) AS words
    FROM figures)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”只有单位，没有数字' AS said_zh, '"' || words || '" has a unit and no number' AS said_en
FROM found
WHERE NOT regexp_matches(words, '单位(?:[^价]|$)|以(?:万)?元为|精确|保留')
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM figures WHERE document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
