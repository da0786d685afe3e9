-- title: 有疑点的关键数 | Headlines in doubt
-- note: 在按部门、年度分组的查询中使用；没有疑点为空 | for queries grouped by department and year; NULL where none is in doubt

CREATE MACRO core.doubtful(headline, doubt) AS string_agg(headline, ' ' ORDER BY headline) FILTER (doubt IS NOT NULL);
