-- title: 年度前后一致 | One fiscal year everywhere
-- grain: 一处说到年度的标题、编报范围、报表标题或数字 | one heading, scope, table title or number that speaks of a year
-- note: 核对的 words 是说决算本身的章节组：工作回顾可以说到更早的年度 | the words of the check are the groups of sections about the accounts: reviews of work may speak of earlier years
-- note: 标题、编报范围、报表标题说决算的年度和段首所说增减原因的年度应是本年；所列章节的数字说的年度应在本年及前四年之内，只说上年、不说本年的数字也报告；说到以后年度的只许是下一年的预算；说上年的句子又与上年相比的，说的是本年，年度写错；只说上年购置几辆、同一句又说本年没有的不算；用“去年”“上年”说的、上年结转来的不算；句首写上年、本年的总数别处没有的也报告 | headings, the scope (纳入..决算编制), table titles and reasons at the head of a paragraph speak of this year; numbers of the sections told speak of this year or the four before, and not of the year before alone; of later years only the next, where it tells a budget; a sentence that opens with the year before and compares with it means this year; a count of the year before whose sentence tells this year too is no slip, nor is what words (去年) say of it, nor what was brought over from it; a total of the year before that opens its sentence is told where the text has none of this year

WITH headings AS (
    SELECT disclosure_key, document_key, fiscal_year, 'line ' || line_number AS place, left(text, 40) AS subject,
           TRY_CAST(regexp_extract(text,
               '(20\d\d)年(?:度)?[^,。;:]{0,24}(?:决算|(?:运行|三公”?)经费[^,。;:]{0,4}支出|采购支出|资产占[有用])', 1) AS INTEGER) AS year
    FROM core.fact_paragraph
    WHERE is_current AND fiscal_year IS NOT NULL AND heading_level > 0 AND length(text) <= 60
      AND section NOT IN ('duties', 'staff', 'glossary')
          AND NOT regexp_matches(text, '上年|相比|对比|与20\d\d年|较20\d\d年|比20\d\d年|20\d\d年(?:度)?[^,。;:]{0,12}预算(?:[^财]|$)')
    UNION ALL
    SELECT disclosure_key, document_key, fiscal_year, 'line ' || line_number, left(text, 40),
           TRY_CAST(regexp_extract(text, '纳入[^,。;]{0,30}?(20\d\d)年度?(?:部门|单位)?决算(?:编制|编报|汇总|公开)', 1) AS INTEGER)
    FROM core.fact_paragraph
    WHERE is_current AND fiscal_year IS NOT NULL AND heading_level = 0 AND contains(text, '纳入') AND contains(text, '决算')
    UNION ALL
    -- 2022年三公经费同比下降的原因主要是: the reason told is that of the year before.
    SELECT disclosure_key, document_key, fiscal_year, 'line ' || line_number, left(text, 40),
           TRY_CAST(regexp_extract(text, '^(20\d\d)年度?[^,。;:\d]{2,30}(?:同比|[比较]上一?年度?)'
               || '[^,。;:\d]{0,6}(?:下降|减少|降低|增加|增长|上升)的?(?:主要)?原因', 1) AS INTEGER)
    FROM core.fact_paragraph
    WHERE is_current AND fiscal_year IS NOT NULL AND heading_level = 0 AND contains(text, '原因')
    UNION ALL
    SELECT disclosure_key, document_key, fiscal_year, sheet, title,
           TRY_CAST(regexp_extract(title, '(20\d\d)年', 1) AS INTEGER)
    FROM core.fact_report_table WHERE is_current AND fiscal_year IS NOT NULL AND NOT contains(title, '预算表')),
numbers AS (
    SELECT *, coalesce(stated_year, fiscal_year) - fiscal_year AS apart,
           -- 2023年预算比上年增加2万元。甲费增加1万元: the sentences behind it are about that budget, too.
           coalesce(bool_or(stated_year = fiscal_year + 1 AND contains(sentence, '预算'))
               OVER (PARTITION BY document_key, line_number), FALSE) AS tells_next_budget
    FROM core.fact_claim WHERE is_current AND fiscal_year IS NOT NULL AND claim_kind <> 'template_remnant'),
stated_now AS (
    SELECT DISTINCT document_key, item_code, measure FROM numbers WHERE apart = 0),
judged AS (
    SELECT n.disclosure_key, n.document_key, n.line_number, n.item, n.fiscal_year + n.apart AS year, n.fiscal_year,
           n.apart > 0 AND NOT (n.apart = 1 AND n.tells_next_budget)
           OR list_contains(CAST(getvariable('words') AS VARCHAR[]), n.section_group) AND (
               n.apart < -4
               OR n.apart = -1 AND s.item_code IS NULL AND n.measure IN ('final_account', 'count', 'area', 'balance')
                  AND NOT (n.measure = 'count' AND contains(n.sentence, n.fiscal_year || '年'))
                  -- 去年年末结余20万元: who says it in words means it.
                  AND NOT coalesce(regexp_matches(n.sentence, '去年|上一?年')
                       AND NOT contains(n.sentence, (n.fiscal_year - 1) || '年'), FALSE)
                  -- 2022年结转20万元: what was brought over is of the year before.
                  AND NOT coalesce(regexp_matches(n.sentence, '20\d\d年度?结转[^,。;:增减]{0,6}\d'), FALSE)
                  -- (上年购置2辆,本年未购置)
                  AND NOT coalesce(regexp_matches(substr(n.sentence, 1, CAST(n.sentence_offset AS INTEGER)),
                       '(?:去年|上一?年)[^,;。(]*$'), FALSE)
           ) AS is_stray
    FROM numbers n
    LEFT JOIN stated_now s ON s.document_key = n.document_key AND s.item_code = n.item_code AND s.measure = n.measure
    WHERE n.apart <> 0
    UNION ALL
    -- What the grammar (`slipped`) reads as this year's although its sentence opens with the year before.
    SELECT disclosure_key, document_key, line_number, item, fiscal_year - 1, fiscal_year, TRUE
    FROM numbers
    WHERE apart = 0 AND measure IN ('final_account', 'balance')
      AND list_contains(CAST(getvariable('words') AS VARCHAR[]), section_group)
      AND TRY_CAST(regexp_extract(sentence, '^(?:\d{1,2}[.、][^,;。:\d]{2,12}[.])?(20\d\d)年度?[^,;。:\d]{2,20}'
          || '\d[\d,.]*[万亿]?元,(?:完成(?:年初|全年)?预算的?\d[\d.]*%,)?(?:比|较|与|同)(?:上年|上一年度?|去年)', 1) AS INTEGER)
          = fiscal_year - 1
    QUALIFY row_number() OVER (PARTITION BY document_key, line_number, sentence ORDER BY char_start) = 1
    UNION ALL
    -- A total of the year before that opens its sentence, where the text tells none of this year.
    SELECT n.disclosure_key, n.document_key, n.line_number, n.item, n.fiscal_year - 1, n.fiscal_year, TRUE
    FROM numbers n
    LEFT JOIN stated_now s ON s.document_key = n.document_key AND s.item_code = n.item_code
        AND s.measure = 'final_account'
    WHERE n.apart = -1 AND n.measure = 'prior_year' AND s.item_code IS NULL
      AND list_contains(CAST(getvariable('words') AS VARCHAR[]), n.section_group)
      AND n.item_code IN ('income.grand_total', 'expenditure.grand_total',
                          'income.current_year_total', 'expenditure.current_year_total')
      AND starts_with(n.sentence, CAST(n.fiscal_year - 1 AS VARCHAR))
    QUALIFY row_number() OVER (PARTITION BY n.document_key, n.line_number, n.sentence ORDER BY n.char_start) = 1)
SELECT disclosure_key, document_key, place, subject, coalesce(year = fiscal_year, TRUE) AS holds,
       '“' || subject || '”写的是' || year || '年，本材料是' || fiscal_year || '年度' AS said_zh,
       subject || ' says ' || year || '; this disclosure is of ' || fiscal_year AS said_en
FROM headings
UNION ALL
SELECT disclosure_key, document_key, 'line ' || line_number, min(item), FALSE,
       '“' || min(item) || '”说的是' || year || '年，本材料是' || fiscal_year || '年度',
       min(item) || ' speaks of ' || year || '; this disclosure is of ' || fiscal_year
FROM judged WHERE is_stray GROUP BY disclosure_key, document_key, line_number, year, fiscal_year
ORDER BY ALL
