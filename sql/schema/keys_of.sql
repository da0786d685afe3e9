-- title: 所依据的数字 | The numbers a row rests on
-- note: 在按部门、年度分组的查询中使用；figure_key 或 claim_key，以空格分隔 | for queries grouped by department and year; figure or claim keys, separated by blanks

CREATE MACRO core.keys_of(figure_key, claim_key) AS
    string_agg(DISTINCT coalesce(figure_key, claim_key), ' ' ORDER BY coalesce(figure_key, claim_key));
