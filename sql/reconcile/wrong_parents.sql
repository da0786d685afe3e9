-- title: 款、项列在所属的类之下 | Items stand under their own class
-- grain: 文字中一个有上级名称的款或项 | one group or item of the text whose class is told
-- note: 一项自己写明了类（…（类）…（款）…（项））时看所写的类、款，否则看前面最近的一个类 | where a sentence names class and group itself, these count, else the last class named before it

WITH stated AS (
    SELECT claim_key, disclosure_key, document_key, section_path, line_number, char_start, char_end, item,
           coalesce(function_code, '') AS code,
           string_split(item_path, '/') AS path, sentence, CAST(sentence_offset AS INTEGER) AS spot
    FROM core.fact_claim
    WHERE is_current AND measure = 'final_account' AND claim_kind <> 'template_remnant'
      AND section_group IN ('general_budget', 'general_budget_structure', 'general_budget_detail')),
names AS (
    SELECT DISTINCT function_code AS code, regexp_replace(translate(function_name, '（）', '()'), '支出$', '') AS name,
           length(function_code) AS digits
    FROM core.dim_function WHERE is_known AND length(function_code) IN (3, 5)),
classed AS (
    SELECT *, last_value(CASE WHEN length(code) = 3 THEN code WHEN code = ''
               AND len(path) < 2 THEN '?' END IGNORE NULLS) OVER earlier AS class_before,
           last_value(CASE WHEN length(code) = 3 OR code = '' AND len(path) < 2 THEN sentence END IGNORE NULLS)
               OVER earlier AS class_sentence,
           last_value(CASE WHEN length(code) = 3 OR code = '' AND len(path) < 2 THEN spot END IGNORE NULLS)
               OVER earlier AS class_spot
    FROM stated
    WINDOW earlier AS (PARTITION BY document_key, section_path ORDER BY line_number, char_start, claim_key
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
judged AS (
    SELECT c.*,
           -- 其中较大的项有：甲, 乙 (of other classes): a sentence that lists items of several classes stands under none.
           min(left(code, 3)) OVER sentence <> max(left(code, 3)) OVER sentence AS is_mixed,
           (SELECT list(n.code) FROM names n WHERE len(c.path) >= 2 AND n.digits = 3
                   AND n.name = regexp_replace(translate(c.path[1], '（）', '()'), '支出$', '')) AS classes,
           (SELECT list(n.code) FROM names n WHERE len(c.path) = 3 AND n.digits = 5
                   AND n.name = regexp_replace(translate(c.path[2], '（）', '()'), '支出$', '')) AS groups
    FROM classed c WHERE length(c.code) > 3
    WINDOW sentence AS (PARTITION BY document_key, line_number)),
told AS (
    SELECT *, CASE WHEN classes IS NOT NULL THEN path[1] WHEN len(path) < 2
           AND length(class_before) = 3 THEN class_before END AS class_told,
           CASE WHEN classes IS NOT NULL THEN list_contains(classes, left(code, 3))
                -- 债务还本支出X元、安排预算稳定调节基金Y元: beside the class, not below it.
                WHEN sentence <> '' AND class_sentence = sentence
                    AND NOT regexp_matches(substr(sentence, class_spot + 1, spot - class_spot),
                        '其中|包括|[:,;(]') THEN NULL
                WHEN len(path) < 2 AND length(class_before) = 3 AND NOT is_mixed
                THEN class_before = left(code, 3) END AS in_class,
           CASE WHEN groups IS NOT NULL AND length(code) = 7 THEN list_contains(groups, left(code, 5)) END AS in_group
    FROM judged)
SELECT disclosure_key, document_key, min_by('line ' || line_number || ':' || char_start || '-' || char_end,
           line_number * 100000 + char_start) AS place, item AS subject,
       coalesce(in_class, TRUE) AND coalesce(in_group, TRUE) AS holds,
       '“' || item || '”（' || code || '）列在“' || if(coalesce(in_class, TRUE), path[2], class_told) || '”之下' AS said_zh,
       item || ' (' || code || ') stands under ' || if(coalesce(in_class, TRUE), path[2], class_told) AS said_en
FROM told
WHERE in_class IS NOT NULL OR in_group IS NOT NULL
GROUP BY disclosure_key, document_key, item, code, path, class_told, in_class, in_group
ORDER BY ALL
