-- title: 印成小数的数量 | Counts printed with a fraction
-- severity: warning
-- cause: disclosure
-- update: document_key
-- hint: 人、车、批次等应为整数：对照原件；在各视图中为空，原数见 v_headline | persons, vehicles and receptions are whole: compare with the published file; views leave them empty, v_headline has what is printed

SELECT h.document_key, h.place, n.headline_name_en || ' is no whole number: ' || core.plain_number(h.value) AS message
FROM core.fact_headline h
JOIN core.dim_headline n USING (headline)
JOIN core.dim_unit u USING (unit)
WHERE u.unit_kind = 'count' AND h.value <> trunc(h.value) AND h.document_key IS NOT NULL
