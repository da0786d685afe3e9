-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 64656a0d337a0147e3b01d2ec91a44e2f6b21eb550bb53a88bbc0df5e9a18463
CREATE VIEW mart.v_implied_prior_year AS
SELECT
  department_key,
  department_name,
  region_code,
  level,
  fiscal_year,
  prior_year,
  item,
  line,
  function_code,
  economic_code,
  fund,
  final_account,
  stated_change,
  implied_prior,
  implied_half_unit,
  change_claim_key,
  final_claim_key,
  doubt,
  document_key,
  series_key,
  quality_flag
FROM (
  SELECT
    c.department_key AS department_key,
    d.department_name AS department_name,
    d.region_code AS region_code,
    d.level AS level,
    c.fiscal_year AS fiscal_year,
    c.fiscal_year - 1 AS prior_year,
    c.item AS item,
    c.line AS line,
    c.function_code AS function_code,
    c.economic_code AS economic_code,
    c.fund AS fund,
    f.amount_yuan AS final_account,
    c.amount_yuan AS stated_change,
    CAST(f.amount_yuan - c.amount_yuan AS DECIMAL(28, 2)) AS implied_prior,
    f.half_unit + c.half_unit AS implied_half_unit,
    c.claim_key AS change_claim_key,
    f.claim_key AS final_claim_key,
    b.doubt AS doubt,
    c.document_key AS document_key,
    d.series_key AS series_key,
    d.quality_flag AS quality_flag,
    ROW_NUMBER() OVER (
      PARTITION BY d.region_code, c.department_key, c.fiscal_year, c.claim_key
      ORDER BY ABS(CAST(c.line_number AS BIGINT) - CAST(f.line_number AS BIGINT)) NULLS LAST, ABS(CAST(c.char_start AS BIGINT) - CAST(f.char_start AS BIGINT)) NULLS LAST, f.claim_key NULLS LAST
    ) AS _w
  FROM core.fact_claim AS c
  JOIN mart.v_department_year AS d
    ON c.department_key = d.department_key AND c.fiscal_year = d.fiscal_year
  JOIN core.fact_department_year AS y
    ON y.department_key = c.department_key AND y.fiscal_year = c.fiscal_year AND y.region_code = d.region_code
  JOIN core.fact_claim AS f
    ON f.document_key = c.document_key
    AND f.department_key = c.department_key
    AND f.fiscal_year = c.fiscal_year
    AND f.item = c.item
    AND f.section_path = c.section_path
    AND f.fund = c.fund
    AND f.measure = 'final_account'
    AND NOT f.amount_yuan IS NULL
    AND f.function_code IS NOT DISTINCT FROM c.function_code
    AND f.economic_code IS NOT DISTINCT FROM c.economic_code
  LEFT JOIN (
    SELECT
      fact_doubt.number_key AS number_key,
      LISTAGG(DISTINCT fact_doubt.check_id, ' ') WITHIN GROUP (ORDER BY
        fact_doubt.check_id NULLS LAST) AS doubt
    FROM core.fact_doubt AS fact_doubt
    WHERE
      NOT fact_doubt.is_rate
    GROUP BY
      fact_doubt.number_key
  ) AS b
    ON b.number_key = f.document_key || '/' || f.line_number || ':' || f.char_start
  WHERE
    c.measure = 'change_vs_prior_year' AND NOT c.amount_yuan IS NULL AND c.is_current
) AS _t
WHERE
  _w = 1;
