-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 168f689048b47ff578310db54a925632012fd956224159dc1f43739b6c947107
CREATE VIEW mart.v_key_projects AS
WITH in_tables AS (
  SELECT
    fact_amount.department_key AS department_key,
    fact_amount.fiscal_year AS fiscal_year,
    fact_amount.row_name AS project_name,
    'table' AS value_source,
    MAX(fact_amount.document_key) AS document_key,
    LISTAGG(DISTINCT fact_amount.figure_key, ' ') WITHIN GROUP (ORDER BY
      fact_amount.figure_key NULLS LAST) AS number_keys,
    MAX(fact_amount.amount_yuan) FILTER(WHERE
      fact_amount.phase IN ('initial_budget', 'annual_budget')) AS budget,
    MAX(fact_amount.amount_yuan) FILTER(WHERE
      fact_amount.phase = 'final_account' AND fact_amount.component = 'total' AND fact_amount.flow = 'expenditure') AS final_account,
    NULL AS score
  FROM core.fact_amount AS fact_amount
  WHERE
    fact_amount.is_current
    AND fact_amount.report_table IN ('project_expenditure', 'project_income_expenditure')
    AND fact_amount.row_role = 'detail'
  GROUP BY
    fact_amount.department_key,
    fact_amount.fiscal_year,
    fact_amount.row_name
), told AS (
  SELECT
    fact_claim.department_key AS department_key,
    fact_claim.fiscal_year AS fiscal_year,
    fact_claim.document_key AS document_key,
    REGEXP_EXTRACT(fact_claim.section_path, '^.*重点[^/]*项目[^/]*', 0) AS area,
    SPLIT_PART(fact_claim.item, '/', 1) AS project_name,
    fact_claim.item AS item,
    fact_claim.amount_yuan AS amount_yuan,
    fact_claim.value AS value,
    fact_claim.claim_key AS claim_key,
    fact_claim.half_unit AS half_unit,
    fact_claim.line_number AS line_number,
    fact_claim.char_start AS char_start,
    CASE
      WHEN fact_claim.measure IN ('annual_budget', 'initial_budget', 'budget_amount')
      THEN 'budget'
      ELSE fact_claim.measure
    END AS kind
  FROM core.fact_claim AS fact_claim
  WHERE
    fact_claim.is_current
    AND CONTAINS(fact_claim.section_path, '重点')
    AND CONTAINS(fact_claim.section_path, '项目')
    AND fact_claim.claim_kind <> 'template_remnant'
    AND fact_claim.measure IN ('annual_budget', 'initial_budget', 'budget_amount', 'final_account', 'score')
), of_projects AS (
  SELECT
    department_key,
    fiscal_year,
    document_key,
    area,
    project_name,
    item,
    amount_yuan,
    value,
    claim_key,
    half_unit,
    line_number,
    char_start,
    kind
  FROM (
    SELECT
      told.department_key AS department_key,
      told.fiscal_year AS fiscal_year,
      told.document_key AS document_key,
      told.area AS area,
      told.project_name AS project_name,
      told.item AS item,
      told.amount_yuan AS amount_yuan,
      told.value AS value,
      told.claim_key AS claim_key,
      told.half_unit AS half_unit,
      told.line_number AS line_number,
      told.char_start AS char_start,
      told.kind AS kind,
      ROW_NUMBER() OVER (
        PARTITION BY told.department_key, told.fiscal_year, told.project_name, told.kind
        ORDER BY CONTAINS(told.item, '/') AND NOT CONTAINS(told.item, CASE told.kind WHEN 'budget' THEN '总' ELSE '全年' END) NULLS LAST, told.half_unit NULLS LAST, told.line_number NULLS LAST, told.char_start NULLS LAST, told.claim_key NULLS LAST
      ) AS _w
    FROM told AS told
    WHERE
      CONTAINS(told.project_name, '项目')
  ) AS _t
  WHERE
    _w = 1
), alone AS (
  SELECT
    told.document_key AS document_key,
    told.area AS area,
    MIN(told.project_name) AS project_name
  FROM told AS told
  WHERE
    told.kind = 'final_account' AND CONTAINS(told.project_name, '项目')
  GROUP BY
    told.document_key,
    told.area
  HAVING
    COUNT(DISTINCT told.project_name) = 1
), section_scores AS (
  SELECT
    document_key,
    project_name,
    score,
    claim_key
  FROM (
    SELECT
      t.document_key AS document_key,
      a.project_name AS project_name,
      t.value AS score,
      t.claim_key AS claim_key,
      ROW_NUMBER() OVER (
        PARTITION BY t.document_key, a.project_name
        ORDER BY t.line_number NULLS LAST, t.char_start NULLS LAST, t.claim_key NULLS LAST
      ) AS _w
    FROM told AS t
    JOIN alone AS a
      ON t.document_key = a.document_key AND t.area = a.area
    WHERE
      t.kind = 'score' AND NOT CONTAINS(t.project_name, '项目')
  ) AS _t
  WHERE
    _w = 1
), in_prose AS (
  SELECT
    o.department_key AS department_key,
    o.fiscal_year AS fiscal_year,
    o.project_name AS project_name,
    'prose' AS value_source,
    MAX(o.document_key) AS document_key,
    CONCAT_WS(' ', LISTAGG(DISTINCT o.claim_key, ' ') WITHIN GROUP (ORDER BY
      o.claim_key NULLS LAST), MAX(s.claim_key)) AS number_keys,
    MAX(o.amount_yuan) FILTER(WHERE
      o.kind = 'budget') AS budget,
    MAX(o.amount_yuan) FILTER(WHERE
      o.kind = 'final_account') AS final_account,
    COALESCE(MAX(o.value) FILTER(WHERE
      o.kind = 'score'), MAX(s.score)) AS score
  FROM of_projects AS o
  LEFT JOIN section_scores AS s
    ON o.document_key = s.document_key AND o.project_name = s.project_name
  GROUP BY
    o.department_key,
    o.fiscal_year,
    o.project_name
)
SELECT
  y.department_key AS department_key,
  y.department_name AS department_name,
  y.region_code AS region_code,
  y.level AS level,
  y.fiscal_year AS fiscal_year,
  p.project_name AS project_name,
  p.budget AS budget,
  p.final_account AS final_account,
  (
    TRY_CAST((
      CASE
        WHEN CAST(p.budget AS DECIMAL(28, 8)) <> 0
        THEN CASE
          WHEN (
            CAST(p.final_account AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.final_account AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.final_account AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * CASE
          WHEN (
            CAST(p.budget AS DECIMAL(28, 8))
          ) < 0
          THEN -1
          WHEN (
            CAST(p.budget AS DECIMAL(28, 8))
          ) > 0
          THEN 1
          WHEN (
            CAST(p.budget AS DECIMAL(28, 8))
          ) = 0
          THEN 0
        END * (
          CAST((
            (
              (
                2 * CAST(ABS(CAST(p.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) - (
              (
                2 * CAST(ABS(CAST(p.final_account AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0)) * 1000000 + CAST(ABS(CAST(p.budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            ) % (
              (
                2 * CAST(ABS(CAST(p.budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
              )
            )
          ) / (
            (
              2 * CAST(ABS(CAST(p.budget AS DECIMAL(28, 8))) * 100000000 AS DECIMAL(38, 0))
            )
          ) AS DECIMAL(38, 0))
        )
      END
    ) * CAST(0.0001 AS DECIMAL(5, 4)) AS DECIMAL(18, 4))
  ) AS execution_percent,
  CAST(p.score AS DECIMAL(28, 4)) AS score,
  p.value_source AS value_source,
  y.series_key AS series_key,
  y.quality_flag AS quality_flag,
  p.number_keys AS number_keys,
  p.document_key AS document_key
FROM (
  SELECT
    in_tables.department_key AS department_key,
    in_tables.fiscal_year AS fiscal_year,
    in_tables.project_name AS project_name,
    in_tables.value_source AS value_source,
    in_tables.document_key AS document_key,
    in_tables.number_keys AS number_keys,
    in_tables.budget AS budget,
    in_tables.final_account AS final_account,
    in_tables.score AS score
  FROM in_tables AS in_tables
  UNION ALL
  SELECT
    in_prose.department_key AS department_key,
    in_prose.fiscal_year AS fiscal_year,
    in_prose.project_name AS project_name,
    in_prose.value_source AS value_source,
    in_prose.document_key AS document_key,
    in_prose.number_keys AS number_keys,
    in_prose.budget AS budget,
    in_prose.final_account AS final_account,
    in_prose.score AS score
  FROM in_prose AS in_prose
) AS p
JOIN mart.v_department_year AS y
  ON p.department_key = y.department_key AND p.fiscal_year = y.fiscal_year
WHERE
  NOT COALESCE(p.budget, p.final_account, p.score) IS NULL;
