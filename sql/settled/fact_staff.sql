-- title: 在职人数 | Staff in post
-- grain: 一个部门、一个年度 | one department and fiscal year
-- update: department_key
-- column staff: 在职人数：文字所述行政与事业实有人数之和（有编制而未述实有的不算），无则取参考指标 | Staff: stated administrative and institution staff (not where posts are stated without them), else the reference indicator
-- column staff_source: 来源：prose、reference | prose or reference

CREATE TABLE core.fact_staff (
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER NOT NULL,
    staff BIGINT NOT NULL,
    staff_source VARCHAR NOT NULL,
    PRIMARY KEY (department_key, fiscal_year)
);

INSERT INTO core.fact_staff
WITH stated AS (
    SELECT department_key, fiscal_year,
           core.pick_count(headline, value, 'quota_administrative') AS quota_administrative,
           core.pick_count(headline, value, 'actual_administrative') AS actual_administrative,
           core.pick_count(headline, value, 'quota_institution') AS quota_institution,
           core.pick_count(headline, value, 'actual_institution') AS actual_institution
    FROM core.fact_headline
    WHERE headline IN ('quota_administrative', 'actual_administrative', 'quota_institution', 'actual_institution')
    GROUP BY department_key, fiscal_year),
understood AS (
    -- Half a sentence understood is no number of staff: posts without staff, or no one where only the institution's
    -- are stated.
    SELECT department_key, fiscal_year,
           CASE WHEN quota_administrative IS NOT NULL AND actual_administrative IS NULL
                  OR quota_institution IS NOT NULL AND actual_institution IS NULL
                  OR actual_administrative IS NULL AND actual_institution = 0 THEN NULL
                ELSE coalesce(actual_administrative + actual_institution, actual_administrative,
                    actual_institution) END AS staff
    FROM stated)
SELECT department_key, fiscal_year, coalesce(s.staff, i.base_value), CASE WHEN s.staff IS NOT NULL THEN 'prose'
       ELSE 'reference' END
FROM core.fact_department_year y
LEFT JOIN understood s USING (department_key, fiscal_year)
LEFT JOIN (SELECT department_key, fiscal_year, core.whole_number(base_value) AS base_value
           FROM core.fact_reference_indicator WHERE indicator = 'staff') i USING (department_key, fiscal_year)
WHERE coalesce(s.staff, i.base_value) IS NOT NULL
ORDER BY department_key, fiscal_year;
