-- title: 功能科目衔接表 | Continuous functional codes
-- grain: 一个功能科目代码 | one functional code
-- unite: again
-- caution: 拆分的代码没有连续代码，is_continuous 为假 | a split code has no continuous code, and is_continuous is false
-- column canonical_code: 连续代码（沿更名、移动、合并到最后） | Continuous code, following renames, moves and merges to the end
-- column change_kind: 变动种类；未变为空 | Kind of change; NULL where there was none
-- column first_year: 新代码启用年份 | First year of the next code
-- column is_continuous: 有连续代码 | Has a continuous code
-- column certainty: 依据 | How sure the bridge is
-- column comment: 说明 | Note

CREATE TABLE core.crosswalk_function (
    function_code VARCHAR PRIMARY KEY,
    canonical_code VARCHAR,
    change_kind VARCHAR,
    first_year INTEGER,
    is_continuous BOOLEAN NOT NULL,
    certainty VARCHAR,
    comment VARCHAR
);

INSERT INTO core.crosswalk_function
WITH RECURSIVE one_heir AS (
    SELECT old_function_code, new_function_code, first_year, change_kind, certainty, comment
    FROM core.bridge_function
    WHERE canonical_code IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY old_function_code ORDER BY first_year, new_function_code) = 1),
codes AS (
    SELECT DISTINCT function_code FROM core.dim_function),
walk(function_code, current_code, steps) AS (
    SELECT function_code, function_code, 0 FROM codes
    UNION ALL
    SELECT w.function_code, h.new_function_code, w.steps + 1
    FROM walk w JOIN one_heir h ON h.old_function_code = w.current_code
    WHERE w.steps < 10),
ends AS (
    SELECT function_code, current_code AS canonical_code FROM walk
    QUALIFY row_number() OVER (PARTITION BY function_code ORDER BY steps DESC, current_code) = 1),
splits AS (
    SELECT DISTINCT old_function_code FROM core.bridge_function WHERE canonical_code IS NULL)
SELECT e.function_code, CASE WHEN s.old_function_code IS NULL THEN e.canonical_code END AS canonical_code,
       CASE WHEN s.old_function_code IS NOT NULL THEN 'split' ELSE h.change_kind END AS change_kind, h.first_year,
       s.old_function_code IS NULL AS is_continuous, h.certainty, h.comment
FROM ends e
LEFT JOIN one_heir h ON h.old_function_code = e.function_code
LEFT JOIN splits s ON s.old_function_code = e.function_code
ORDER BY e.function_code;
