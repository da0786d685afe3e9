-- title: 各页所链的数字 | Numbers that pages link to
-- grain: 一个数字 | one number

SELECT DISTINCT p.page_key, p.document_key,
       regexp_replace(k.number_key, '(/[0-9]+:[0-9]+)/[0-9]+$', '\1') AS number_key
FROM (SELECT DISTINCT unnest(string_split(target, ' ')) AS number_key FROM link) k
JOIN report_places p ON p.document_key = split_part(k.number_key, '/', 1)
