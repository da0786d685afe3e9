-- title: 功能科目衔接表 | Continuous functional codes
-- grain: 一个功能科目代码 | one functional code
-- question: 这个代码后来变成了什么？ | What did this code become?
-- example: 某个旧代码现在是什么？ | What has an old code become?
-- ask: SELECT canonical_code, change_kind, change_year FROM mart.v_crosswalk_function WHERE function_code = '2081501'
-- example: 哪些代码被拆分？ | Which codes were split?
-- ask: SELECT function_code FROM mart.v_crosswalk_function WHERE change_kind = 'split' ORDER BY function_code LIMIT 20
-- caution: 拆分的代码没有连续代码，is_continuous 为假 | a split code has no continuous code, and is_continuous is false
-- column is_continuous: 有连续代码 | Has a continuous code
-- column comment: 衔接说明 | Remark on the bridge

CREATE VIEW mart.v_crosswalk_function AS
SELECT function_code, canonical_code, change_kind, first_year AS change_year, is_continuous, certainty, comment
FROM core.crosswalk_function;
