-- title: 不与本年自身相比 | A year is not compared with itself
-- grain: 一处与写明的年度相比的文字 | one statement of a change against a year that is told
-- note: 只看“与、较、比某年（决算数、支出）”之后的持平和增减，该年就是材料的年度；句中说预算或说到别的年度的不算 | only what stays the same or changes behind 与, 较 or 比 with a year that is that of the disclosure; sentences that speak of a budget or of another year are none

WITH compared AS (
    SELECT *, TRY_CAST(regexp_extract(substr(sentence, 1, CAST(sentence_offset AS INTEGER)),
               '(?:与|较|比|同)(20\d\d)年度?(?:决算|支出|收入|实际|同期)?数?(?:相比)?,?(?:(?:增加|减少|增长|下降|上升|降低)了?)?$',
               1) AS INTEGER) AS year
    FROM core.fact_claim
    WHERE is_current AND fiscal_year IS NOT NULL AND (stated_year IS NULL OR stated_year = fiscal_year)
      AND claim_kind IN ('number', 'flat') AND measure = 'change_vs_prior_year')
SELECT disclosure_key, document_key, 'line ' || line_number || ':' || char_start || '-' || char_end AS place,
       item AS subject,
       year <> fiscal_year OR contains(sentence, '预算')
           OR regexp_matches(replace(sentence, CAST(fiscal_year AS VARCHAR), ''), '20\d\d年') AS holds,
       '“' || item || '”是' || fiscal_year || '年的数，又与' || year || '年相比' AS said_zh,
       item || ' of ' || fiscal_year || ' is compared with ' || year AS said_en
FROM compared
WHERE year IS NOT NULL
ORDER BY ALL
