-- title: 所述原因 | Stated reasons
-- grain: 一条所述原因（解释数字的与不解释数字的） | one stated reason, whether it explains a number or not
-- update: department_key
-- formula: change_yuan 取同一事项所述的增减额；没有时为决算数 − 预算数（或上年数），change_source 说明 | change_yuan is the change stated for the same subject, else final account − budget (or prior year); change_source says which
-- note: 事项取自原因前的一句（“三公”经费决算数小于预算数的主要原因），句中没有时取所在数字的事项 | what it is about is named by the words that lead to it, else by the number it stands behind
-- column claim_key: 所在的数字；为空表示不解释数字 | The number it stands behind; NULL when it explains none
-- column change_claim_key: 所解释的变动（所述的增减额，推算时为决算数） | The change it explains: the stated change, or the final account it is derived from
-- column item: 事项 | What it is about
-- column basis: 与何比较：prior_year 上年、initial_budget 年初预算、annual_budget 全年预算；空为未说明 | Compared with prior_year, initial_budget or annual_budget; empty where nothing says it
-- column change_yuan: 所解释的增减（元，减少为负） | Change it explains, in yuan, negative for a decrease
-- column change_source: stated 所述、derived 推算；没有为空 | stated or derived; NULL where there is none
-- column direction: increase 增加、decrease 减少、unchanged 持平、unknown 未说明：先看增减额，再看所用文字 | increase, decrease, unchanged or unknown: by the change, else by the words
-- column stated_direction: 文字所说的方向，没有为空 | Direction the words say, NULL where they say none
-- column reason_opening: 引出原因的文字 | Words that lead to the reason
-- column text: 原因文字 | Reason as printed
-- column section_path: 所在标题路径 | Heading path

CREATE TABLE core.fact_reason (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    line_number UINTEGER NOT NULL,
    section_path VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    function_code VARCHAR,
    economic_code VARCHAR,
    fund VARCHAR NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('prior_year', 'initial_budget', 'annual_budget', '')),
    change_yuan DECIMAL(18, 2),
    change_source VARCHAR CHECK (change_source IN ('stated', 'derived')),
    direction VARCHAR NOT NULL CHECK (direction IN ('increase', 'decrease', 'unchanged', 'unknown')),
    stated_direction VARCHAR,
    reason_opening VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    claim_key VARCHAR,
    change_claim_key VARCHAR
);

INSERT INTO core.fact_reason
WITH claims AS (
    SELECT claim_key, document_key, disclosure_key, department_key, fiscal_year, is_current, line_number, section_path,
           item,
           function_code, economic_code, fund, measure, basis, value, claim_kind, stated_year, reason, reason_opening,
           1000000 * CAST(line_number AS BIGINT) + char_start AS place,
           CASE WHEN claim_kind = 'flat' THEN 0 ELSE amount_yuan END AS yuan
    FROM core.fact_claim),
anchors AS (
    -- The words that lead to a reason are the last clause before it: 决算数小于预算数的主要原因.
    SELECT *, regexp_extract(reason_opening, '([^,，;；。]*)$', 1) AS opening
    FROM claims WHERE reason <> ''),
mentioned AS (
    -- An inner join: an outer one with a condition that is no equation compares every row with every other.
    SELECT a.claim_key, s.item, s.function_code, s.economic_code
    FROM anchors a
    JOIN claims s
      ON s.document_key = a.document_key AND s.line_number = a.line_number AND s.place <= a.place AND s.item <> a.item
    WHERE s.item <> '' AND contains(replace(replace(a.opening, '“', ''), '”', ''),
            replace(replace(s.item, '“', ''), '”', ''))
    QUALIFY row_number() OVER (PARTITION BY a.claim_key ORDER BY length(s.item) DESC, s.place, s.claim_key) = 1),
subjects AS (
    SELECT a.claim_key, coalesce(s.item, a.item) AS item,
           CASE WHEN s.item IS NULL THEN a.function_code ELSE s.function_code END AS function_code,
           CASE WHEN s.item IS NULL THEN a.economic_code ELSE s.economic_code END AS economic_code
    FROM anchors a
    LEFT JOIN mentioned s USING (claim_key)),
compared AS (
    SELECT a.claim_key, a.document_key, a.place, a.line_number, a.section_path, s.item, s.function_code,
           s.economic_code,
           CASE WHEN contains(a.opening, '全年预算') THEN 'annual_budget'
                WHEN contains(a.opening, '年初预算') THEN 'initial_budget'
                WHEN contains(a.opening, '预算') THEN 'budget'
                WHEN contains(a.opening, '上年') THEN 'prior_year'
                WHEN contains(a.basis, '全年') THEN 'annual_budget'
                WHEN contains(a.basis, '年初预算') THEN 'initial_budget'
                WHEN contains(a.basis, '预算') OR a.measure = 'change_vs_budget' THEN 'budget'
                WHEN contains(a.basis, '上年') OR a.measure = 'change_vs_prior_year' THEN 'prior_year'
                    ELSE '' END AS basis
    FROM anchors a
    JOIN subjects s USING (claim_key)),
-- What the same text says of the same subject, the nearest statement of each measure.
said AS (
    SELECT k.claim_key, c.measure, c.claim_key AS said_by, c.yuan
    FROM compared k
    JOIN claims c
      ON c.document_key = k.document_key AND c.item = k.item AND c.function_code IS NOT DISTINCT FROM k.function_code
     AND c.economic_code IS NOT DISTINCT FROM k.economic_code AND c.yuan IS NOT NULL
     AND (c.section_path = k.section_path OR c.line_number = k.line_number)
     AND (c.stated_year IS NULL OR c.stated_year = c.fiscal_year)
    WHERE c.measure IN ('final_account', 'initial_budget', 'annual_budget', 'prior_year', 'change_vs_prior_year')
       OR c.measure = 'change_vs_budget'
      AND (k.basis = 'budget' OR contains(c.basis, '全年') = (k.basis = 'annual_budget'))
    QUALIFY row_number() OVER (PARTITION BY k.claim_key, c.measure
        ORDER BY abs(CAST(c.line_number AS BIGINT) - CAST(k.line_number AS BIGINT)),
            (c.claim_kind = 'template_remnant'),
                 abs(c.place - k.place), c.claim_key) = 1),
amounts AS (
    SELECT k.claim_key, min(CASE WHEN k.basis <> 'budget' THEN k.basis
                                       WHEN k.initials > 0 OR k.annuals = 0 THEN 'initial_budget'
                                           ELSE 'annual_budget' END) AS basis,
           max(s.yuan) FILTER (s.measure = 'final_account') AS final_account,
           max(s.said_by) FILTER (s.measure = 'final_account') AS final_claim_key,
           max(s.yuan) FILTER (s.measure = 'initial_budget') AS initial_budget,
           max(s.yuan) FILTER (s.measure = 'annual_budget') AS annual_budget,
           max(s.yuan) FILTER (s.measure = 'prior_year') AS prior_year,
           max(s.yuan) FILTER (s.measure = 'change_vs_prior_year') AS change_vs_prior_year,
           max(s.said_by) FILTER (s.measure = 'change_vs_prior_year') AS prior_change_key,
           max(s.yuan) FILTER (s.measure = 'change_vs_budget') AS change_vs_budget,
           max(s.said_by) FILTER (s.measure = 'change_vs_budget') AS budget_change_key
    FROM (SELECT claim_key, basis, count(*) FILTER (measure = 'initial_budget') AS initials,
                 count(*) FILTER (measure = 'annual_budget') AS annuals
          FROM compared LEFT JOIN said USING (claim_key) GROUP BY ALL) k
    LEFT JOIN said s USING (claim_key)
    GROUP BY k.claim_key),
explained AS (
    SELECT claim_key, basis,
           CASE basis WHEN 'prior_year' THEN coalesce(change_vs_prior_year, final_account - prior_year)
                      WHEN 'initial_budget' THEN coalesce(change_vs_budget, final_account - initial_budget)
                      WHEN 'annual_budget' THEN coalesce(change_vs_budget,
                          final_account - annual_budget) END AS change_yuan,
           CASE WHEN basis = 'prior_year' THEN prior_change_key WHEN basis <> ''
               THEN budget_change_key END AS stated_key,
           final_claim_key
    FROM amounts),
worded AS (
    SELECT a.claim_key, d.direction
    FROM anchors a
    JOIN core.dim_direction_word d ON contains(a.opening, d.keyword)
    QUALIFY row_number() OVER (PARTITION BY a.claim_key ORDER BY instr(a.opening, d.keyword), d.keyword) = 1)
SELECT a.document_key, a.disclosure_key, a.department_key, a.fiscal_year, a.is_current, a.line_number, a.section_path,
       s.item,
       s.function_code, s.economic_code, a.fund, e.basis, e.change_yuan,
       CASE WHEN e.stated_key IS NOT NULL THEN 'stated' WHEN e.change_yuan IS NOT NULL THEN 'derived' END,
       CASE WHEN e.change_yuan > 0 THEN 'increase' WHEN e.change_yuan < 0 THEN 'decrease' WHEN w.direction IS NOT NULL
           THEN w.direction
            WHEN e.change_yuan = 0 THEN 'unchanged' WHEN m.is_change AND a.value > 0 THEN 'increase'
            WHEN m.is_change AND a.value < 0 THEN 'decrease' WHEN m.is_change THEN 'unchanged' ELSE 'unknown' END,
       w.direction, a.reason_opening, a.reason, a.claim_key,
       CASE WHEN e.stated_key IS NOT NULL THEN e.stated_key WHEN e.change_yuan IS NOT NULL THEN e.final_claim_key END
FROM anchors a
JOIN subjects s USING (claim_key)
JOIN explained e USING (claim_key)
LEFT JOIN worded w USING (claim_key)
LEFT JOIN core.dim_measure m USING (measure)
UNION ALL
SELECT r.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_text_current, r.line, r.section_path,
       r.item,
       NULL, NULL, '', '', NULL, NULL, 'unknown', NULL, '', r.text, NULL, NULL
FROM stage.reason r
JOIN core.dim_document d USING (document_key)
ORDER BY disclosure_key, document_key, line_number, claim_key;
