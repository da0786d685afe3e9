-- title: 覆盖 | Coverage
-- grain: 一个财政年度 | one fiscal year
-- column fiscal_year: 年度 | Year
-- column departments: 部门 | Departments
-- column units: 单位 | Units
-- column governments: 整个行政区 | Governments
-- column with_tables: 有报表 | With tables
-- column with_text: 有文字 | With text
-- column superseded: 被取代文件 | Superseded files
-- column figures: 报表数字 | Figures
-- column claims: 文字数字 | Numbers in prose
-- column unclaimed_percent: 未认领% | Unclaimed %

SELECT fiscal_year, count(DISTINCT department_key) FILTER (level = 'department') AS departments,
       count(DISTINCT department_key) FILTER (level = 'unit') AS units,
       count(DISTINCT department_key) FILTER (level = 'government') AS governments,
       count(DISTINCT disclosure_key) FILTER (figures > 0) AS with_tables,
       count(DISTINCT disclosure_key) FILTER (claims > 0) AS with_text,
       count(*) FILTER (NOT is_current) AS superseded, sum(figures) AS figures, sum(claims) AS claims,
       core.percent_of(sum(unclaimed_numbers), sum(claims + unclaimed_numbers)) AS unclaimed_percent
FROM core.dim_document
WHERE outcome = 'loaded'
GROUP BY fiscal_year
ORDER BY fiscal_year
