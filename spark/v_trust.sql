-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: be61442b699f831b75e141b008d7cddbca11a993c52464fe1cae0b970309de29
CREATE VIEW mart.v_trust AS
WITH reasons AS (
  SELECT
    fact_trust.disclosure_key AS disclosure_key,
    COUNT(*) FILTER(WHERE
      fact_trust.weight = 'main_total') AS main_totals_broken,
    COUNT(*) FILTER(WHERE
      fact_trust.weight = 'money') AS money_errors,
    COUNT(*) FILTER(WHERE
      fact_trust.weight = 'minor') AS minor_errors,
    COUNT(*) FILTER(WHERE
      fact_trust.weight = 'rate') AS rate_errors,
    COUNT(*) FILTER(WHERE
      fact_trust.weight = 'rate' AND fact_trust.severity = 'error') AS broken_rates,
    MAX(fact_trust.difference_yuan) FILTER(WHERE
      fact_trust.severity = 'error') AS worst_difference,
    MAX(fact_trust.difference_percent) FILTER(WHERE
      fact_trust.severity = 'error') AS worst_percent
  FROM core.fact_trust AS fact_trust
  GROUP BY
    fact_trust.disclosure_key
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  y.disclosure_key AS disclosure_key,
  CASE
    WHEN COALESCE(q.evaluated, 0) = 0
    THEN NULL
    WHEN r.main_totals_broken > 0
    THEN 'D'
    WHEN r.money_errors > 0
    THEN 'C'
    WHEN r.minor_errors > 0 OR r.broken_rates > 0
    THEN 'B'
    ELSE 'A'
  END AS grade,
  COALESCE(q.evaluated, 0) AS evaluated,
  COALESCE(r.main_totals_broken, 0) AS main_totals_broken,
  COALESCE(r.money_errors, 0) AS money_errors,
  COALESCE(r.minor_errors, 0) AS minor_errors,
  COALESCE(r.rate_errors, 0) AS rate_errors,
  CAST(r.worst_difference AS DECIMAL(28, 2)) AS worst_difference,
  r.worst_percent AS worst_percent,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag
FROM mart.v_department_year AS y
LEFT JOIN core.disclosure_quality AS q
  ON y.disclosure_key = q.disclosure_key
LEFT JOIN reasons AS r
  ON y.disclosure_key = r.disclosure_key;
