-- title: 取一个关键数（数量） | One headline as a count
-- note: 在按部门、年度分组的查询中使用；印成小数的数量为空，见 fraction_of_count | for queries grouped by department and year; NULL where a count is printed with a fraction: see fraction_of_count

CREATE MACRO core.pick_count(headline, value, wanted) AS core.whole_number(max(value) FILTER (headline = wanted));
