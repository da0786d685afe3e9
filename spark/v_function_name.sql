-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: df37a94f2a6d51ddd37ecb8b77209a16014483538bd499279bf4d482e7cada88
CREATE VIEW mart.v_function_name AS
SELECT
  dim_function_year.fiscal_year AS fiscal_year,
  dim_function_year.function_code AS function_code,
  dim_function_year.function_name AS function_name,
  dim_function_year.function_level AS function_level,
  dim_function_year.class_code AS class_code,
  dim_function_year.certainty AS certainty,
  dim_function_year.is_known AS is_known,
  dim_function_year.is_in_force AS is_in_force
FROM core.dim_function_year AS dim_function_year;
