-- title: 涉及不成立勾稽的数字 | Numbers in identities that do not hold
-- grain: 一条不成立的勾稽关系（错误级，材料自身）中的一个数字 | one number of one broken identity of severity error about what was disclosed
-- update: disclosure_key
-- note: 其中必有一个数字有误，未必是这一个 | one of the numbers of the identity is wrong, not necessarily this one
-- column number_key: 数字：报表数同 figure_key，文字数为文件/行:起点 | The number: a figure_key, or document/line:start of a claim
-- column subject: 核对的行、列或项目 | Row, column or item compared
-- column weight: 该数增加一元时差额的变化（1 或 -1） | By how much the difference changes with it: 1 or -1
-- column is_rate: 核对的是比率 | A rate was compared
-- column difference: 差额（左边 − 右边） | Difference, left − right
-- column allowed: 印刷精度允许的差额 | Difference the printed precisions allow
-- column numbers: 该勾稽中的全部数字 | All numbers of the identity

CREATE TABLE core.fact_doubt (
    disclosure_key VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    number_key VARCHAR NOT NULL,
    weight INTEGER NOT NULL,
    is_rate BOOLEAN NOT NULL,
    difference DECIMAL(28, 8),
    allowed DECIMAL(28, 8),
    numbers VARCHAR[] NOT NULL
);

INSERT INTO core.fact_doubt
WITH broken AS (
    SELECT e.rowid AS evaluation, e.*, regexp_matches(e.operands, '(^| )%') AS is_rate
    FROM audit.check_evaluation e
    JOIN core.dim_check c USING (check_id)
    WHERE e.outcome = 'broken' AND e.severity = 'error' AND c.cause = 'disclosure' AND e.operands <> ''),
operands AS (
    SELECT *, unnest(string_split(operands, ' ')) AS operand FROM broken),
placed AS (
    SELECT *, regexp_extract(operand, '(?:[+/%-]|^[lr])([0-9]+:[0-9]+|[0-9]+/[A-Z]+[0-9]+)$', 1) AS place,
           regexp_extract(operand, '^[lr%][+-]?(.+)/(?:[0-9]+:[0-9]+|[0-9]+/[A-Z]+[0-9]+)$', 1) AS elsewhere
    FROM operands),
keyed AS (
    SELECT *, coalesce(nullif(elsewhere, ''), document_key) AS number_document,
           coalesce(nullif(elsewhere, ''), document_key) || '/' || place AS number_key
    FROM placed WHERE place <> '')
SELECT disclosure_key, check_id, subject, number_document, number_key,
       CASE WHEN starts_with(operand, 'l-') OR starts_with(operand, 'r') AND NOT starts_with(operand, 'r-') THEN -1
           ELSE 1 END,
       is_rate, difference, allowed, list(DISTINCT number_key ORDER BY number_key) OVER (PARTITION BY evaluation)
FROM keyed
ORDER BY disclosure_key, check_id, subject, number_key;
