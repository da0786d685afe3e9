-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 007c60480090d7030991c4bd00bb7474d26f4f2e019c19d93f0668c75c5d8755
CREATE VIEW mart.v_lineage AS
SELECT
  d.department_key AS department_key,
  d.department_name AS department_name,
  d.region_code AS region_code,
  d.level AS level,
  d.first_year AS first_year,
  d.last_year AS last_year,
  p.predecessor_keys AS predecessor_keys,
  d.successor_department_key AS successor_department_key,
  s.department_name AS successor_name,
  CASE WHEN s.first_year = d.last_year + 1 THEN s.first_year ELSE d.succession_year END AS change_year,
  d.succession_kind AS change_kind,
  d.series_key AS series_key
FROM core.dim_department AS d
LEFT JOIN core.dim_department AS s
  ON s.department_key = d.successor_department_key
LEFT JOIN (
  SELECT
    dim_department.successor_department_key AS successor_department_key,
    LISTAGG(dim_department.department_key, '、') WITHIN GROUP (ORDER BY
      dim_department.department_key NULLS LAST) AS predecessor_keys
  FROM core.dim_department AS dim_department
  WHERE
    NOT dim_department.successor_department_key IS NULL
  GROUP BY
    dim_department.successor_department_key
) AS p
  ON p.successor_department_key = d.department_key;
