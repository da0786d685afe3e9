-- title: 用途说明与科目相符 | The purpose suits the item
-- grain: 一个说明了用途的科目 | one item whose purpose is stated
-- note: 只看专用科目（公积金、购房补贴、养老、医疗等）；用途只提到别的专用科目时才报告 | only items with one use of their own (housing fund, pensions, medical ..); reported where the purpose names another of them and not its own

WITH uses(code, word) AS (VALUES
    ('2210201', '公积金'), ('2210203', '购房补贴'), ('2210202', '提租补贴'),
    ('2080505', '基本养老'), ('2080506', '职业年金'),
    ('2101101', '医疗'), ('2101102', '医疗'), ('2101103', '医疗'), ('2101199', '医疗')),
described AS (
    SELECT DISTINCT c.disclosure_key, c.document_key, c.line_number, c.function_code, c.item, p.text
    FROM core.fact_claim c
    JOIN core.fact_paragraph p ON p.document_key = c.document_key AND p.line_number = c.line_number
    WHERE c.is_current AND length(c.function_code) = 7 AND c.measure = 'final_account'),
alone AS (
    SELECT * FROM described QUALIFY count(DISTINCT function_code) OVER (PARTITION BY document_key, line_number) = 1),
purposes AS (
    SELECT *, regexp_extract(text, '(?:主要用于|用于|主要是用于|反映)[:]?([^。;]{2,80})', 1) AS purpose FROM alone),
named AS (
    SELECT p.*, (SELECT bool_or(contains(p.purpose, u.word)) FROM uses u WHERE u.code = p.function_code) AS names_own,
           (SELECT string_agg(DISTINCT u.word, '、' ORDER BY u.word) FROM uses u WHERE u.code <> p.function_code
                   AND contains(p.purpose, u.word)
                AND u.word NOT IN (SELECT word FROM uses o WHERE o.code = p.function_code)) AS names_others
    FROM purposes p WHERE p.purpose <> '' AND p.function_code IN (SELECT code FROM uses))
SELECT disclosure_key, document_key, 'line ' || line_number AS place, item AS subject, names_own
       OR names_others IS NULL AS holds,
       '“' || item || '”的用途写作“' || purpose || '”' AS said_zh,
           'the purpose stated for ' || item || ' is ' || purpose AS said_en
FROM named
ORDER BY ALL
