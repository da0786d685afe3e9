-- title: 文字列举的经济科目与基本支出表相符 | Economic items listed in the text suit the basic table
-- grain: 一处列举了开支名称的人员经费或公用经费 | one list of what personnel or public cost is spent on
-- note: 名称去掉“支出”后与科目表比较；“甲和乙”在两边都是科目名时分开。名单里有科目表没有的俗称（社保）时，只看所列科目，不看漏列。以“等”结尾的名单不看漏列 | names are compared without 支出; "A和B" is two names where both are items. A list with everyday names (社保) is judged only for what it lists, not for what it leaves out; so is a list that ends in 等
-- note: 核对的 words：名单的分隔符、未完的标志 | words of the check: what parts the names, and what leaves a list open

WITH official AS (
    SELECT DISTINCT economic_code AS code, class_code, spend_group,
           regexp_replace(translate(economic_name, '（） ', '()'), '支出$', '') AS name
    FROM core.dim_economic WHERE is_known AND length(economic_code) = 5),
lists AS (
    SELECT claim_key, disclosure_key, document_key, line_number, char_start, char_end, item,
           CASE item_code WHEN 'expenditure.basic_personnel' THEN 'personnel' ELSE 'public' END AS spend_group,
           ends_with(rtrim(listed), getvariable('words')[2]) AS is_open,
           translate(regexp_replace(listed, getvariable('words')[2] || '$', ''), '（） ', '()') AS listed
    FROM core.fact_claim
    WHERE is_current AND listed <> '' AND measure = 'final_account'
      AND item_code IN ('expenditure.basic_personnel', 'expenditure.basic_public', 'basic.personnel_total',
              'basic.public_total')),
parts AS (
    SELECT claim_key, spend_group, trim(unnest(string_split(listed, getvariable('words')[1]))) AS part FROM lists),
halves AS (
    SELECT p.*, unnest(getvariable('words')[3:]) AS joint FROM parts p),
joined AS (
    -- "A和B": only where both halves are names of items.
    SELECT h.claim_key, h.part, h.joint
    FROM halves h
    WHERE contains(h.part, h.joint)
      AND NOT EXISTS (FROM official o WHERE o.name = regexp_replace(h.part, '支出$', ''))
      AND EXISTS (FROM official o WHERE o.name = regexp_replace(split_part(h.part, h.joint, 1), '支出$', ''))
      AND EXISTS (FROM official o WHERE o.name = regexp_replace(substr(h.part,
              strpos(h.part, h.joint) + length(h.joint)), '支出$', ''))),
named AS (
    SELECT claim_key, spend_group, part AS name FROM parts p
    WHERE part <> '' AND NOT EXISTS (FROM joined j WHERE j.claim_key = p.claim_key AND j.part = p.part)
    UNION
    SELECT p.claim_key, p.spend_group, unnest([split_part(p.part, j.joint, 1),
               substr(p.part, strpos(p.part, j.joint) + length(j.joint))])
    FROM parts p JOIN joined j ON j.claim_key = p.claim_key AND j.part = p.part),
names AS (
    SELECT *, regexp_replace(name, '支出$', '') AS bare FROM named),
everyday AS (
    SELECT DISTINCT spend_group, bare FROM names n
    WHERE length(name) >= 3 AND NOT EXISTS (FROM official e WHERE e.name = n.bare)),
longer AS (
    SELECT d.spend_group, d.bare, min(o.code) AS code
    FROM everyday d JOIN official o ON o.spend_group = d.spend_group AND contains(o.name, d.bare)
    GROUP BY d.spend_group, d.bare HAVING count(DISTINCT o.code) = 1),
matched AS (
    -- The whole name; else the one longer name of this kind of cost that holds it (职业年金).
    SELECT n.claim_key, n.name, o.code
    FROM names n JOIN official o ON o.name = n.bare
    UNION
    SELECT n.claim_key, n.name, l.code
    FROM names n JOIN longer l USING (spend_group, bare)
    WHERE length(n.name) >= 3),
spent AS (
    SELECT disclosure_key, economic_code AS code, left(economic_code, 3) AS class_code, any_value(row_name) AS name,
           -- A zero of whole 万元 may be an amount: nobody lists what he did not spend.
           max(abs(amount_yuan)) AS amount, max(half_unit) >= 500 AS is_coarse, min(sheet || '!' || cell) AS place
    FROM core.fact_amount
    WHERE is_current AND report_table = 'general_budget_basic' AND phase = 'final_account' AND length(economic_code) = 5
    GROUP BY ALL),
groups AS (
    SELECT DISTINCT class_code, spend_group FROM official),
with_table AS (
    SELECT DISTINCT disclosure_key FROM spent),
is_plain AS (
    SELECT n.claim_key, bool_and(m.code IS NOT NULL) AS all_official
    FROM names n LEFT JOIN matched m ON m.claim_key = n.claim_key AND m.name = n.name GROUP BY ALL),
doubts AS (
    SELECT t.disclosure_key, min(d.place) AS place
    FROM core.reading_doubt d JOIN core.fact_report_table t USING (document_key, sheet)
    WHERE t.report_table = 'general_budget_basic' GROUP BY ALL),
wrong AS (
    SELECT l.claim_key, '+' || m.name AS what
    FROM lists l JOIN matched m USING (claim_key)
    WHERE NOT EXISTS (FROM spent s JOIN groups g USING (class_code)
                      WHERE s.disclosure_key = l.disclosure_key AND g.spend_group = l.spend_group
                        AND (s.amount > 0 OR s.is_coarse)
                        AND s.code IN (SELECT code FROM matched o WHERE o.claim_key = m.claim_key AND o.name = m.name))
    UNION
    SELECT l.claim_key, '-' || s.name
    FROM lists l
    JOIN is_plain p USING (claim_key)
    JOIN spent s ON s.disclosure_key = l.disclosure_key
    JOIN groups g ON g.class_code = s.class_code AND g.spend_group = l.spend_group
    WHERE p.all_official AND NOT l.is_open AND s.amount > 0
      AND s.code NOT IN (SELECT code FROM matched m WHERE m.claim_key = l.claim_key))
SELECT l.disclosure_key, l.document_key, 'line ' || l.line_number || ':' || l.char_start || '-' || l.char_end AS place,
       l.item AS subject,
       count(w.what) = 0 AS holds,
       '文字列举与基本支出表不符（+ 文中有而表中没有，- 表中有而文中没有）：' || string_agg(w.what, '、' ORDER BY w.what) AS said_zh,
       'the listed items differ from the table (+ listed and not in the table, - in the table and not listed): '
           || string_agg(w.what, ', ' ORDER BY w.what) AS said_en,
       any_value(q.place) AS doubt
FROM lists l JOIN with_table USING (disclosure_key)
LEFT JOIN wrong w USING (claim_key)
LEFT JOIN doubts q ON q.disclosure_key = l.disclosure_key
GROUP BY ALL
ORDER BY ALL
