-- title: 数字的小数位一致 | Numbers are printed equally finely
-- grain: 一份文字中以一种单位表示的金额 | the amounts of one text in one unit
-- note: 与本文同一单位最常见的小数位相比；零、标准和人均数不看 | against the decimals that most amounts of the text in this unit have; zeros, standards and amounts per head do not count

WITH amounts AS (
    SELECT disclosure_key, document_key, unit, half_unit, printed, line_number, char_start, char_end
    FROM core.fact_claim
    WHERE is_current AND claim_kind = 'number' AND value_kind = 'money' AND value <> 0 AND half_unit IS NOT NULL
      AND measure <> 'average' AND NOT regexp_matches(item, '标准|定额|[人生户]均')),
finenesses AS (
    SELECT disclosure_key, document_key, unit, half_unit, count(*) AS stated FROM amounts GROUP BY ALL),
usual AS (
    SELECT disclosure_key, document_key, unit, arg_max(half_unit, (stated, -half_unit)) AS half_unit
    FROM finenesses GROUP BY ALL),
coarser AS (
    SELECT a.*, row_number() OVER (PARTITION BY a.document_key, a.unit ORDER BY a.line_number, a.char_start) AS nth
    FROM amounts a JOIN usual u USING (document_key, unit)
    WHERE a.half_unit > u.half_unit),
listed AS (
    SELECT document_key, unit, count(*) AS numbers,
           min_by('line ' || line_number || ':' || char_start || '-' || char_end, nth) AS place,
           string_agg(printed || '（第' || line_number || '行）', '、' ORDER BY nth) FILTER (nth <= 5) AS printed_zh,
           string_agg(printed || ' (line ' || line_number || ')', '; ' ORDER BY nth) FILTER (nth <= 5) AS printed_en
    FROM coarser GROUP BY ALL)
SELECT u.disclosure_key, u.document_key, l.place, u.unit AS subject, l.numbers IS NULL AS holds,
       l.numbers || '处以' || u.unit || '为单位的数字，小数位少于本文的通常位数：' || l.printed_zh AS said_zh,
       l.numbers || ' amounts in '
           || CASE n.yuan_factor WHEN 1 THEN 'yuan' WHEN 10000 THEN '10,000 yuan' ELSE u.unit END
           || ' have fewer decimals than this text mostly prints: ' || l.printed_en AS said_en
FROM usual u
LEFT JOIN listed l USING (document_key, unit)
LEFT JOIN core.dim_unit n USING (unit)
ORDER BY ALL
