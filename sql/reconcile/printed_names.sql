-- title: 文字中的科目名称与科目表一致 | Names of codes in the text are those of the list
-- grain: 文字中的一个科目 | one classification name in the text
-- note: 名称与当年科目表比较；“支出”可省略。写作类、款、项（或段首加引号）而科目表没有的名称也报告；旧名称注明是旧名 | names are compared with the list of the year, 支出 may be left out; a name written as 类, 款 or 项 (or in quotation marks at the head of its paragraph) that no list knows is reported, and a former name said to be one

WITH stated AS (
    SELECT claim_key, disclosure_key, document_key, fiscal_year, line_number, char_start, char_end,
           coalesce(function_code, '') AS code, coalesce(item_path, '') AS item_path, line, section_group, sentence,
           regexp_replace(translate(item_printed, '“”"''() ', '""""（）'), '"|（类）|（款）|（项）', '', 'g') AS printed
    FROM core.fact_claim
    WHERE is_current AND measure = 'final_account' AND item_printed <> ''
      AND (section_group IN ('general_budget', 'general_budget_structure', 'general_budget_detail', 'government_fund',
              'state_capital')
          -- Written as 类, 款 and 项 a name is of the list wherever it stands.
          OR coalesce(function_code, '') = '' AND len(string_split(item_path, '/')) = 3)),
coded AS (
    SELECT s.*, y.function_name,
           -- Names of the list may hold quotation marks themselves (“两房”建设).
           (SELECT list(DISTINCT regexp_replace(translate(f.function_name, '“”"''() ', '""""（）'), '"', '', 'g'))
                   FROM core.dim_function f WHERE f.function_code = s.code) AS ever
    FROM stated s JOIN core.dim_function_year y ON y.fiscal_year = s.fiscal_year AND y.function_code = s.code
        AND y.is_known
    WHERE s.code <> ''),
judged AS (
    SELECT *, regexp_replace(translate(function_name, '“”"''() ', '""""（）'), '"', '', 'g') AS now,
           len(list_filter(ever, name -> name = printed OR regexp_replace(name, '支出$', '') = printed)) > 0 AS was_name
    FROM coded),
unknown AS (
    SELECT * FROM stated
    WHERE code = '' AND (contains(item_path, '/') AND len(string_split(item_path, '/')) = 3
        OR section_group = 'general_budget_detail' AND line IS NULL AND starts_with(sentence, '“' || printed || '”')))
SELECT disclosure_key, document_key, min_by('line ' || line_number || ':' || char_start || '-' || char_end,
           line_number * 100000 + char_start) AS place, printed AS subject,
       now = printed OR regexp_replace(now, '(?:的|等)?支出$', '') = regexp_replace(printed, '(?:的|等)?支出$', '') AS holds,
       '文中作“' || printed || '”，科目 ' || code || if(was_name, ' 现名', ' 的名称是') || '“' || now || '”' AS said_zh,
       'the text says ' || printed || '; code ' || code || if(was_name, ' is now named ', ' is named ')
           || now AS said_en
FROM judged
GROUP BY disclosure_key, document_key, code, printed, now, was_name
UNION ALL
SELECT disclosure_key, document_key, min_by('line ' || line_number || ':' || char_start || '-' || char_end,
           line_number * 100000 + char_start), printed, FALSE,
       '“' || coalesce(nullif(item_path, ''), printed) || '”不在科目表中' AS said_zh,
       coalesce(nullif(item_path, ''), printed) || ' is in no list of codes'
FROM unknown
GROUP BY disclosure_key, document_key, printed, item_path
ORDER BY ALL
