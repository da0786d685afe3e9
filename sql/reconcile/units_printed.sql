-- title: 百分号与单位齐全 | Percent signs and units are printed
-- grain: 一处缺少单位的数字 | one number without its unit
-- note: 只看说明数字的章节；没有发现时每份文字一行 | only the sections that state figures; one row a text where nothing is found

WITH figures AS (
    SELECT disclosure_key, document_key, line_number, text
    FROM core.fact_paragraph
    WHERE is_current AND section IN ('income_expenditure_total', 'income', 'expenditure', 'fiscal_total',
            'general_public', 'basic',
        'three_public', 'three_public_items', 'government_fund', 'state_capital', 'running_cost', 'procurement',
        'budget_execution')),
found AS (
    SELECT *, unnest(list_concat(
        regexp_extract_all(text,
            '(?:增长|下降|增加|减少|提高|降低|占[^,。;、\d]{0,16}|完成[^,。;、\d]{0,16}的)\s*\d[\d,]*(?:\.\d+)?\s*(?:[。;)]|,[^\d]|$)'),
        regexp_extract_all(text, '\d[\d,]*(?:\.\d+)?\s*万[(,。;]'))) AS words
    FROM figures)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, words AS subject, FALSE AS holds,
       '“' || words || '”的数字后没有单位' AS said_zh, 'the number in "' || words || '" has no unit' AS said_en
FROM found
UNION ALL
SELECT DISTINCT disclosure_key, document_key, '', '', TRUE, '', ''
FROM figures WHERE document_key NOT IN (SELECT document_key FROM found)
ORDER BY ALL
