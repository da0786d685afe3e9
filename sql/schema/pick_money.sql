-- title: 取一个关键数（元） | One headline as yuan
-- note: 在按部门、年度分组的查询中使用 | for queries grouped by department and year

CREATE MACRO core.pick_money(headline, value, wanted) AS CAST(max(value) FILTER (headline = wanted) AS DECIMAL(28, 2));
