-- title: 三公各项都有金额或声明没有 | Each three-public item has an amount or is said to be nil
-- grain: 一份说明三公经费的文字、四项中的一项 | one text on three public expenses, one of the four items
-- note: 合计为零，或公务用车小计为零时，其下各项不必再说；同节文字说没有、说全部为运行维护费、或同节有表格列出的也不算缺 | where the total or the vehicles together are nil, their parts need no words; what words of the section say there is none of or all of it is (全部为运行维护费), or a table in it may hold, is not missing

WITH told AS (
    SELECT disclosure_key, document_key, item_code, bool_or(value <> 0) AS spends, min(line_number) AS line_number
    FROM core.fact_claim
    WHERE is_current AND measure = 'final_account' AND item_code LIKE 'three_public.%'
        AND section_group = 'three_public'
    GROUP BY ALL),
required(item_code, whole, zh, en) AS (VALUES
    ('three_public.overseas', 'three_public.total', '因公出国（境）费', 'overseas trips'),
    ('three_public.reception', 'three_public.total', '公务接待费', 'official reception'),
    ('three_public.vehicle_purchase', 'three_public.vehicles', '公务用车购置费', 'vehicle purchase'),
    ('three_public.vehicle_running', 'three_public.vehicles', '公务用车运行维护费', 'vehicle running cost')),
-- What may stand of an item instead of its amount: a table below, a cell of one whose rows came apart, or words of nil.
paragraphs AS (
    SELECT *, heading_level = 0 AND length(text) <= 16 AS is_cell
    FROM core.fact_paragraph
    WHERE section IN ('three_public', 'three_public_items')),
excused AS (
    SELECT document_key, unnest(['three_public.overseas', 'three_public.reception', 'three_public.vehicle_purchase',
               'three_public.vehicle_running']) AS item_code,
           unnest([
               has_table_below OR is_cell AND regexp_matches(text, '出国|出境')
               OR regexp_matches(text,
                   '(?:无|没有|未)[^,。;0-9]{0,24}(?:出国|出境)|(?:出国|出境)[^,。;0-9]{0,12}(?:无|没有|未)'),
               has_table_below OR is_cell AND contains(text, '接待')
               OR regexp_matches(text, '(?:无|没有|未)[^,。;0-9]{0,24}接待|接待[^,。;0-9]{0,12}(?:无|没有|未)'),
               has_table_below OR is_cell AND regexp_matches(text, '购置|购车')
               OR regexp_matches(text,
                   '(?:无|没有|未)[^,。;0-9]{0,24}(?:购置|购车|购买|更新)|购置[^,。;0-9]{0,12}(?:无|没有|未)'
                   || '|(?:全部|均|都)(?:为|是)[^,。;0-9]{0,8}运行'),
               has_table_below OR is_cell AND contains(text, '运行')
               OR regexp_matches(text, '(?:无|没有|未)[^,。;0-9]{0,24}运行|运行[^,。;0-9]{0,12}(?:无|没有|未)'
                   || '|(?:全部|均|都)(?:为|是)[^,。;0-9]{0,8}运行')
           ]) AS is_excused
    FROM paragraphs),
asked AS (
    SELECT w.disclosure_key, w.document_key, w.line_number, r.*
    FROM told w JOIN required r ON r.whole = w.item_code
    WHERE w.spends
      AND (w.item_code = 'three_public.vehicles' OR EXISTS (FROM told o WHERE o.document_key = w.document_key
              AND o.item_code <> w.item_code)))
SELECT a.disclosure_key, a.document_key, 'line ' || a.line_number AS place, a.zh AS subject,
       t.item_code IS NOT NULL AS holds,
       '文中没有“' || a.zh || '”的金额，也没有说没有' AS said_zh, 'the text gives no amount of ' || a.en || ' (' || a.zh
           || '), nor says that there is none' AS said_en
FROM asked a
LEFT JOIN told t ON t.document_key = a.document_key AND t.item_code = a.item_code
WHERE t.item_code IS NOT NULL
   OR NOT EXISTS (FROM excused e
                  WHERE e.document_key = a.document_key AND e.item_code = a.item_code AND e.is_excused)
ORDER BY ALL
