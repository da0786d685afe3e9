-- title: 序号连续 | Numbering is continuous
-- grain: 一个有序号的标题（同一上级标题下的第二个起） | one numbered heading, from the second under the same heading on
-- note: 变小的序号是另一列（或下一级的列）；缺的序号若写在段落中间或不成标题的段首，不算缺 | a smaller number belongs to another list, or to one below; a missing number that stands inside a paragraph is not missing

WITH headings AS (
    SELECT disclosure_key, document_key, line_number, heading_level, ordinal, text,
           CASE WHEN contains(section_path, '/') THEN regexp_replace(section_path, '/[^/]*$', '') ELSE '' END AS parent
    FROM core.fact_paragraph
    WHERE is_current AND heading_level BETWEEN 1 AND 4 AND ordinal > 0
      -- The parts (第二部分) count wherever they stand; lists inside of some sections go their own way.
      AND (heading_level = 1 AND section <> 'contents' OR section NOT IN ('duties', 'staff',
            'glossary', 'contents', 'tables', 'report_table'))
      -- Rows of the summary table, one cell a line: both its columns count from 一.
      AND NOT (heading_level = 2 AND regexp_matches(text, '^[一二三四五六七八九十]+、(?:' ||
          '(?:财政拨款|上级补助|事业|经营|附属单位上缴|其他)收入|(?:一般公共服务|外交|国防|公共安全|教育|科学技术|' ||
          '文化[^支,。]{2,6}|社会保障和就业|(?:医疗)?卫生[^支,。]{2,6}|节能环保|城乡社区|农林水|交通运输|资源勘探[^支,。]{0,6}|' ||
          '商业服务业等|金融|援助其他地区|[国自][^支,。]{2,8}气象等|住房保障|粮油物资储备|其他)支出)$'))),
followed AS (
    SELECT *, lag(ordinal) OVER siblings AS before, lag(line_number) OVER siblings AS line_before
    FROM headings
    WINDOW siblings AS (PARTITION BY document_key, parent, heading_level ORDER BY line_number)),
han AS (
    SELECT ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六', '十七', '十八', '十九',
               '二十'] AS numerals),
marked AS (
    SELECT f.*, CASE f.heading_level WHEN 1 THEN '第' || numerals[f.before + 1] || '部分'
           WHEN 2 THEN numerals[f.before + 1] || '、'
                WHEN 3 THEN '(' || numerals[f.before + 1] || ')' ELSE (f.before + 1) || '' END AS missing
    FROM followed f, han
    WHERE f.before IS NOT NULL),
judged AS (
    -- The part of the tables may stand in a file of its own.
    SELECT m.*, m.ordinal = m.before + 1 OR m.ordinal < m.before OR m.before >= 20
           OR m.heading_level = 1 AND m.ordinal > m.before
           OR m.ordinal > m.before + 1 AND EXISTS (
               SELECT 1 FROM core.fact_paragraph p
               WHERE p.document_key = m.document_key AND p.line_number >= m.line_before
                   AND p.line_number < m.line_number
                 AND contains(p.text, m.missing)) AS holds
    FROM marked m)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, left(text, 24) AS subject, holds,
       '序号由' || before || '到' || ordinal || '：“' || left(text, 24) || '”' AS said_zh,
       'the number goes from ' || before || ' to ' || ordinal || ': ' || left(text, 24) AS said_en
FROM judged
ORDER BY ALL
