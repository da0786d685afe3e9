-- title: 人员编制 | Staffing
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 编制多少，实有多少？ | How many posts, how many filled?
-- example: 编制用满了吗？ | Are the posts filled?
-- ask: SELECT department_name, fiscal_year, quota_administrative, actual_administrative, fill_percent FROM mart.v_staffing ORDER BY ALL
-- example: 离退休人员最多的部门？ | Who has most retired staff?
-- ask: SELECT department_name, fiscal_year, retired FROM mart.v_staffing ORDER BY retired DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: fill_percent = 100 × 实有 / 编制；零编制、编制与实有不成对时为空 | fill_percent = 100 × staff / posts; NULL on zero posts and where posts or staff of a kind stand alone
-- caution: 年末实有，不含合同用工；上海等地不公布 | year-end staff without contract workers; not disclosed everywhere (Shanghai)
-- column quota_administrative: 行政编制 | Administrative posts
-- column actual_administrative: 行政实有 | Administrative staff
-- column quota_institution: 事业编制 | Institution posts
-- column actual_institution: 事业实有 | Institution staff
-- column retired: 离退休 | Retired staff
-- column other_staff: 其他人员 | Other staff
-- column fill_percent: 在编率（%） | Posts filled in percent

CREATE VIEW mart.v_staffing AS
WITH picked AS (
    SELECT department_key, region_code, fiscal_year,
           core.pick_count(headline, value, 'quota_administrative') AS quota_administrative,
           core.pick_count(headline, value, 'actual_administrative') AS actual_administrative,
           core.pick_count(headline, value, 'quota_institution') AS quota_institution,
           core.pick_count(headline, value, 'actual_institution') AS actual_institution,
           core.pick_count(headline, value, 'retired') AS retired,
           core.pick_count(headline, value, 'other_staff') AS other_staff,
           core.keys_of(figure_key, claim_key) AS number_keys, max(document_key) AS document_key
    FROM core.fact_headline
    WHERE headline IN ('quota_administrative', 'actual_administrative', 'quota_institution', 'actual_institution',
        'retired', 'other_staff')
    GROUP BY department_key, region_code, fiscal_year)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.quota_administrative,
       p.actual_administrative,
       p.quota_institution, p.actual_institution, p.retired, p.other_staff,
       CASE WHEN (p.quota_administrative IS NULL) = (p.actual_administrative IS NULL)
             AND (p.quota_institution IS NULL) = (p.actual_institution IS NULL)
            THEN core.percent_of(coalesce(p.actual_administrative + p.actual_institution, p.actual_administrative,
                p.actual_institution),
                                 coalesce(p.quota_administrative + p.quota_institution, p.quota_administrative,
                                     p.quota_institution))
            END AS fill_percent,
       y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year);
