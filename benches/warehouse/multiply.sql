-- Multiplies the load package of a small corpus: the schema `small` shows it (document, figure, claim, ..), the variable
-- `copies` says how many times. Every third copy has new regions; the two between are the same departments 3 and 6 years
-- earlier. Amounts are scaled by department, so that values, printed texts and sums are not those of the original.

CREATE SCHEMA copied;

CREATE TABLE copied.region AS
WITH sources AS (
    SELECT region_code, row_number() OVER (ORDER BY region_code) - 1 AS place
    FROM (SELECT DISTINCT region_code FROM small.document)),
targets AS (
    SELECT region_code, name, row_number() OVER (ORDER BY hash(region_code)) - 1 AS place
    FROM small.reference_regions WHERE level = 'county' AND valid_to IS NULL),
copies AS (
    SELECT copy, copy // 3 AS family, family % 4 = 3 AS is_unit, 3 * (copy % 3) AS years_back
    FROM (SELECT unnest(range(getvariable('copies'))) AS copy))
SELECT c.copy, c.years_back, c.is_unit, s.region_code AS old_region_code, t.region_code, t.name AS region_name
FROM copies c
CROSS JOIN sources s
JOIN targets t ON t.place = (s.place + (c.family - CAST(c.is_unit AS INTEGER)) * (SELECT count(*)
        FROM sources)) % (SELECT count(*) FROM targets);

-- One workbook in 33 was published twice: its earlier version is superseded.
CREATE TABLE copied.document_copy AS
WITH copied AS (
    SELECT d.document_key AS old_key, r.copy, r.region_code, r.region_name, d.fiscal_year - r.years_back AS fiscal_year,
           split_part(d.department_key, '/', 2) || CASE WHEN r.is_unit THEN '服务中心' ELSE '' END AS short_name,
           CASE WHEN r.is_unit THEN 'unit' ELSE d.level END AS level,
           r.region_code || '/' || short_name || '/' || CASE WHEN r.is_unit THEN 'unit'
           ELSE d.level END AS department_key,
           d.document_kind = 'workbook' AND hash(d.document_key, r.copy) % 33 = 0 AS is_republished
    FROM small.document d
    JOIN copied.region r ON r.old_region_code = d.region_code),
versions AS (
    SELECT *, CASE WHEN is_republished THEN 2 ELSE 1 END AS version, TRUE AS is_current FROM copied
    UNION ALL
    SELECT *, 1, FALSE FROM copied WHERE is_republished)
SELECT *, 'doc_' || left(md5(concat_ws('/', old_key, copy, version)), 16) AS document_key,
       department_key || '/' || fiscal_year || '/final' AS disclosure_key,
       CAST(0.6 + (hash(department_key, is_current) % 1000) / 1250.0 AS DECIMAL(6, 4)) AS scale
FROM versions;

CREATE VIEW copied.document AS
SELECT d.* REPLACE (
           c.document_key AS document_key, md5(c.document_key) || md5(c.disclosure_key) AS sha256,
           concat_ws('/', c.region_name, c.short_name, c.fiscal_year,
               'v' || c.version || '_' || split_part(d.file, '/', -1)) AS file,
           c.region_name || c.short_name AS department, c.region_name || c.short_name AS department_printed,
           c.department_key AS department_key, c.region_code AS region_code, c.level AS level,
           c.fiscal_year AS fiscal_year,
           c.disclosure_key AS disclosure_key, CAST(c.version AS UINTEGER) AS version, c.is_current AS is_current)
FROM small.document d
JOIN copied.document_copy c ON c.old_key = d.document_key
ORDER BY c.disclosure_key, c.document_key;

-- The corpus prints no project lists: every item that holds project money stands in for a project of one.
CREATE VIEW copied.printed AS
FROM small.figure
UNION ALL
SELECT * REPLACE (CAST(sheet_number + 50 AS UINTEGER) AS sheet_number, 'project_expenditure' AS report_table,
           'total' AS component)
FROM small.figure
WHERE report_table = 'expenditure' AND component = 'project' AND row_role = 'detail';

-- Rows arrive document by document, departments and years in the order of their folders.
CREATE VIEW copied.figure AS
SELECT * EXCLUDE (scale, scaled) REPLACE (CASE WHEN scaled IS NULL THEN printed
           ELSE CAST(scaled AS VARCHAR) END AS printed, coalesce(scaled, value) AS value,
       CAST(CASE WHEN scaled IS NULL THEN amount_yuan WHEN unit = '万元' THEN 10000 * scaled
           ELSE scaled END AS DECIMAL(18, 2)) AS amount_yuan)
FROM (SELECT f.* REPLACE (c.document_key AS document_key), c.scale,
             CASE WHEN f.value_kind = 'money' AND f.value <> 0 THEN CAST(f.value * c.scale AS DECIMAL(28, 2)) END
                 AS scaled
      FROM copied.printed f
      JOIN copied.document_copy c ON c.old_key = f.document_key
      WHERE c.copy BETWEEN getvariable('first_copy') AND getvariable('last_copy')
      ORDER BY c.department_key, c.fiscal_year, c.document_key, f.sheet_number, f.row_number, f.column_number);

CREATE VIEW copied.claim AS
SELECT * EXCLUDE (scale, scaled) REPLACE (CASE WHEN scaled IS NULL THEN printed
           ELSE CAST(abs(scaled) AS VARCHAR) END AS printed, coalesce(scaled, value) AS value,
       CAST(CASE WHEN scaled IS NULL THEN amount_yuan WHEN unit = '万元' THEN 10000 * scaled
           ELSE scaled END AS DECIMAL(18, 2)) AS amount_yuan, CASE WHEN scaled IS NULL THEN sentence
           ELSE replace(sentence, printed, CAST(abs(scaled) AS VARCHAR)) END AS sentence)
FROM (SELECT f.* REPLACE (c.document_key AS document_key), c.scale,
             CASE WHEN f.value_kind = 'money' AND f.value <> 0
                 AND f.unit IN ('元', '万元') THEN CAST(f.value * c.scale AS DECIMAL(28, 2)) END AS scaled
      FROM small.claim f
      JOIN copied.document_copy c ON c.old_key = f.document_key
      WHERE c.copy BETWEEN getvariable('first_copy') AND getvariable('last_copy')
      ORDER BY c.department_key, c.fiscal_year, c.document_key, f.line, f.char_start);

CREATE VIEW copied.report_table AS
SELECT f.* REPLACE (c.document_key AS document_key)
FROM small.report_table f
JOIN copied.document_copy c ON c.old_key = f.document_key
ORDER BY c.department_key, c.fiscal_year, c.document_key, f.sheet_number;

CREATE VIEW copied.indicator AS
SELECT f.* REPLACE (c.document_key AS document_key) FROM small.indicator f JOIN copied.document_copy c
       ON c.old_key = f.document_key;

CREATE VIEW copied.reason AS
SELECT f.* REPLACE (c.document_key AS document_key) FROM small.reason f JOIN copied.document_copy c
       ON c.old_key = f.document_key;
