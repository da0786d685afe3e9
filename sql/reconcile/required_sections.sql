-- title: 应有的章节齐全 | The required sections are there
-- grain: 一份完整的说明文字、一个应有的章节 | one full text and one section it should have
-- note: 只看至少有六个应有章节的文字：其余的只公开了一部分 | only texts that have at least six of them: the others disclose a part only

WITH required(section, zh, en) AS (VALUES
    ('income_expenditure_total', '收入支出决算总体情况', 'total income and expenditure'), ('income', '收入决算', 'income'),
    ('expenditure', '支出决算', 'expenditure'), ('fiscal_total', '财政拨款收入支出决算总体情况', 'total fiscal income and expenditure'),
    ('general_public', '一般公共预算财政拨款支出决算', 'general budget expenditure'),
        ('three_public', '“三公”经费', 'three public expenses'),
    ('government_fund', '政府性基金预算', 'government funds'), ('running_cost', '机关运行经费', 'running cost'),
    ('procurement', '政府采购', 'procurement'), ('assets', '国有资产占用', 'state assets')),
held AS (
    SELECT DISTINCT disclosure_key, document_key, section FROM core.fact_paragraph WHERE is_current
    UNION
    SELECT DISTINCT disclosure_key, document_key, section FROM core.fact_claim WHERE is_current),
full_texts AS (
    SELECT disclosure_key, document_key FROM held JOIN required USING (section) GROUP BY ALL HAVING count(*) >= 6)
SELECT t.disclosure_key, t.document_key, r.zh AS subject, h.section IS NOT NULL AS holds,
       '没有“' || r.zh || '”的说明' AS said_zh, 'there is no section on ' || r.en AS said_en
FROM full_texts t CROSS JOIN required r
LEFT JOIN held h ON h.document_key = t.document_key AND h.section = r.section
ORDER BY ALL
