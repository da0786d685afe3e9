-- title: 功能分类科目衔接 | Bridge between functional codes
-- grain: 一个旧代码与一个新代码 | one old code and one code that took it over
-- unite: once
-- note: canonical_code 只对同一级次的更名、合并和移动成立；拆分没有唯一的去向，并入另一级次的没有同级的去向，趋势在那里中断 | canonical_code holds for codes renamed, merged and moved within their level only; a split has no single heir, a code merged into one of another level has none of its own, and trends stop there
-- column old_function_code: 旧代码 | Old code
-- column new_function_code: 新代码 | New code
-- column first_year: 新代码启用年份 | First year of the new code
-- column change_kind: rename 更名、move 移动、merge 合并、split 拆分 | rename, move, merge or split
-- column canonical_code: 连续代码；拆分为空 | Continuous code; NULL for a split
-- column certainty: 依据 | How sure the bridge is
-- column comment: 说明 | Note

CREATE TABLE core.bridge_function (
    old_function_code VARCHAR NOT NULL,
    new_function_code VARCHAR NOT NULL,
    first_year INTEGER NOT NULL,
    change_kind VARCHAR NOT NULL CHECK (change_kind IN ('rename', 'move', 'merge', 'split')),
    canonical_code VARCHAR,
    certainty VARCHAR NOT NULL,
    comment VARCHAR NOT NULL,
    PRIMARY KEY (old_function_code, new_function_code)
);

INSERT INTO core.bridge_function
SELECT old_code, new_code, CAST(first_year AS INTEGER), kind, CASE WHEN kind <> 'split'
       AND length(old_code) = length(new_code) THEN new_code END, certainty, coalesce(comment, '')
FROM stage.reference_function_bridge
ORDER BY old_code, new_code;
