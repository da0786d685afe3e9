-- title: 数据新旧 | Freshness
-- grain: 整个数据库 | the warehouse as a whole
-- column last_run: 最近一次运行 | Last run
-- column finished_at: 完成时间（UTC） | Finished (UTC)
-- column first_year: 最早年度 | First fiscal year
-- column last_year: 最近年度 | Last fiscal year
-- column departments: 部门和单位数 | Departments and units
-- column disclosures: 公开材料数 | Disclosures
-- column documents: 文件数 | Files
-- column figures: 报表数字 | Figures
-- column claims: 文字数字 | Numbers in prose
-- column newest_publication: 最近发布日期 | Newest publication

SELECT (SELECT max(run_id) FROM audit.run WHERE outcome = 'published') AS last_run,
       (SELECT max_by(finished_at, run_id) FROM audit.run WHERE outcome = 'published') AS finished_at,
       min(fiscal_year) AS first_year, max(fiscal_year) AS last_year,
       count(DISTINCT department_key) FILTER (department_key <> '') AS departments,
       count(DISTINCT disclosure_key) FILTER (disclosure_key <> '') AS disclosures, count(*) AS documents,
       (SELECT count(*) FROM core.fact_amount) AS figures, (SELECT count(*) FROM core.fact_claim) AS claims,
       max(published_date) AS newest_publication
FROM core.dim_document
