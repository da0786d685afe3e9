-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: 93a0bff096b131b0baba441948a301d1a9ba589161ec7f122506e61eb9c7933d
CREATE VIEW mart.v_crosswalk_function AS
SELECT
  crosswalk_function.function_code AS function_code,
  crosswalk_function.canonical_code AS canonical_code,
  crosswalk_function.change_kind AS change_kind,
  crosswalk_function.first_year AS change_year,
  crosswalk_function.is_continuous AS is_continuous,
  crosswalk_function.certainty AS certainty,
  crosswalk_function.comment AS comment
FROM core.crosswalk_function AS crosswalk_function;
