-- title: 参考指标的人数不是整数 | Staff of a reference indicator with a fraction
-- severity: warning
-- cause: reference
-- hint: 在 pipelines/reference/indicators.csv 填整数人数：人均各列因此为空 | give whole persons in pipelines/reference/indicators.csv: what is worked out a head is empty without

SELECT CAST(NULL AS VARCHAR) AS document_key, department_key || ' ' || fiscal_year AS place,
       'staff is no whole number: ' || core.plain_number(base_value) AS message
FROM core.fact_reference_indicator
WHERE indicator = 'staff' AND base_value <> trunc(base_value)
ORDER BY place
