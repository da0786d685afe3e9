-- title: 文字所述 | Stated in words
-- grain: 一句不用数字的陈述 | one statement made without a number
-- question: 哪些部门用文字说明绩效等级、公开情况、没有支出或没有变化？ | Which departments state grades, publication, no spending or no change in words?
-- example: 哪些部门说没有“三公”经费某项支出？ | Who says to have had none of a three-public expense?
-- ask: SELECT department_name, fiscal_year, item, sentence FROM mart.v_said_in_words WHERE word_kind = 'nothing' AND line LIKE 'three_public.%' ORDER BY ALL
-- example: 各绩效等级有多少项目用文字说明？ | How many projects are graded in words, by grade?
-- ask: SELECT fiscal_year, stated_word, count(DISTINCT item) AS projects FROM mart.v_said_in_words WHERE word_kind = 'grade' GROUP BY ALL ORDER BY ALL
-- note: 代码取自 pipelines/names/worded.csv，点号前为 word_kind，点号后为 stated_word | codes of pipelines/names/worded.csv: what stands before the point is the kind, what stands behind it is what is said
-- column word_kind: 种类：grade 等级、publication 公开、nothing 没有、change 没有变化 | grade, publication, nothing or change
-- column stated_word: 所述，代码见 worded.csv，如 excellent、no_such_spending | What is said: codes of worded.csv, as excellent

CREATE VIEW mart.v_said_in_words AS
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year,
       split_part(c.word_code, '.', 1) AS word_kind, split_part(c.word_code, '.', 2) AS stated_word,
       c.item, nullif(c.line, '') AS line, c.fund, c.measure, c.basis,
       c.printed, c.sentence, y.series_key, y.quality_flag, c.document_key, c.line_number, c.claim_key
FROM core.fact_claim c
JOIN mart.v_department_year y USING (department_key, fiscal_year)
WHERE c.is_current AND c.word_code <> '';
