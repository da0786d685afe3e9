-- title: 取一个关键数的来源 | Where one headline comes from
-- note: 在按部门、年度分组的查询中使用 | for queries grouped by department and year

CREATE MACRO core.pick_source(headline, value_source, wanted) AS max(value_source) FILTER (headline = wanted);
