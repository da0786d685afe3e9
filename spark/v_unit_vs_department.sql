-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: fada5b47dbdae2450a442ecbdd8e5ab51f491d9fbf59f825ace7c29d6db58e7d
CREATE VIEW mart.v_unit_vs_department AS
SELECT
  d.department_key AS department_key,
  d.department_name AS department_name,
  d.region_code AS region_code,
  d.level AS level,
  d.fiscal_year AS fiscal_year,
  h.headline AS headline,
  n.headline_name AS headline_name,
  CAST(MIN(h.value) AS DECIMAL(28, 2)) AS department_value,
  CAST(SUM(u.value) AS DECIMAL(28, 2)) AS units_total,
  COUNT(*) AS units,
  CAST(MIN(h.value) - SUM(u.value) AS DECIMAL(28, 2)) AS difference,
  NULLIF(
    CONCAT_WS(
      ' ',
      MIN(COALESCE(h.figure_key, h.claim_key)),
      LISTAGG(DISTINCT COALESCE(u.figure_key, u.claim_key), ' ') WITHIN GROUP (ORDER BY
        COALESCE(u.figure_key, u.claim_key) NULLS LAST)
    ),
    ''
  ) AS number_keys,
  d.series_key AS series_key,
  d.quality_flag AS quality_flag
FROM mart.v_department_year AS d
JOIN core.fact_headline AS h
  ON h.department_key = d.department_key AND h.fiscal_year = d.fiscal_year
JOIN core.dim_headline AS n
  ON n.headline = h.headline AND n.unit = '元'
JOIN core.dim_department AS c
  ON c.parent_department_key = d.department_key
JOIN core.fact_headline AS u
  ON u.department_key = c.department_key AND u.fiscal_year = h.fiscal_year AND u.headline = h.headline
WHERE
  d.level = 'department'
GROUP BY
  d.department_key,
  d.department_name,
  d.region_code,
  d.level,
  d.series_key,
  d.quality_flag,
  d.fiscal_year,
  h.headline,
  n.headline_name;
