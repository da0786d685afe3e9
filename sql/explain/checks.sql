-- title: 核对 | Checks it took part in
-- grain: 一条勾稽关系的一次核对 | one identity evaluated once
-- note: 程序只保留数字参与其中的核对 | the program keeps the evaluations that name the figure among their operands

SELECT check_id, outcome, severity, left_value, right_value, difference, allowed, message, diagnosis,
       CAST(operands AS VARCHAR) AS operands
FROM audit.check_evaluation
WHERE disclosure_key = $1 AND operands IS NOT NULL
ORDER BY array_position(['broken', 'within_rounding', 'exact', 'not_evaluable'], outcome), check_id, message
