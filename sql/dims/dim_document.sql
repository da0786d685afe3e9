-- title: 文件 | Documents
-- grain: 一个源文件 | one source file
-- note: 重新发布的材料取代旧版，两版都可查询；同一份公开材料（disclosure）由报表和文字两个文件组成 | a re-published file supersedes the earlier one and both stay; one disclosure is usually a workbook and a text
-- column document_number: 文件的序号：千万个数字由它找到文件，比键快数倍；更新时不变，重建时重编，只在本仓库内有效 | Number of the document, by which ten million figures find it many times faster than by its key; kept by updates, given anew by a rebuild, valid within this warehouse only
-- column version: 同一公开材料、同类文件中的版次，从 1 起 | Version within disclosure and kind of file, from 1
-- column is_current: 至少有一张表或文字未被后来的文件取代 | Some table or the text of it is not replaced by a later file
-- column is_text_current: 文字部分为现行版次 | Its text is the current version
-- column superseded_tables: 被后来文件取代的报表代码，以竖线连接 | Report tables that a later file replaces, joined by a vertical bar
-- column outcome: 读取结果：loaded、budget（预算，不作决算载入）、not_a_disclosure、not_read（已知而不读的格式）、failed | loaded, budget (recognised, never loaded as final accounts), not_a_disclosure, not_read (a format that is known and not read) or failed
-- column published_date: 发布日期 | Published on
-- column approval_date: 批复日期（公开材料通常不含，登记在 manifest.csv） | Approved on (usually not disclosed: from manifest.csv)

CREATE TABLE core.dim_document (
    document_key VARCHAR PRIMARY KEY,
    document_number UINTEGER NOT NULL UNIQUE,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    department_name VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    fiscal_year INTEGER,
    level VARCHAR NOT NULL CHECK (level IN ('department', 'unit', 'government', '')),
    document_kind VARCHAR NOT NULL,
    version UINTEGER NOT NULL,
    is_current BOOLEAN NOT NULL,
    is_text_current BOOLEAN NOT NULL,
    superseded_tables VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    department_printed VARCHAR NOT NULL,
    department_source VARCHAR NOT NULL,
    year_source VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    source_address VARCHAR,
    published_date DATE,
    approval_date DATE,
    sha256 VARCHAR NOT NULL,
    bytes UBIGINT NOT NULL,
    format VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    figures UINTEGER NOT NULL,
    claims UINTEGER NOT NULL,
    unclaimed_numbers UINTEGER NOT NULL,
    message VARCHAR NOT NULL
);

INSERT INTO core.dim_document
WITH single AS (
    SELECT * FROM stage.document
    QUALIFY row_number() OVER (PARTITION BY document_key ORDER BY source, file) = 1)
SELECT s.document_key,
       coalesce(n.document_number, (SELECT coalesce(max(document_number), 0) FROM stage.numbered_document)
           + row_number() OVER (PARTITION BY n.document_number IS NULL ORDER BY s.disclosure_key, s.document_kind,
                   s.version, s.document_key)),
       s.disclosure_key, s.department_key, p.department_name, s.region_code, s.fiscal_year, p.level, s.document_kind,
       s.version,
       s.is_current AND s.outcome = 'loaded', s.is_text_current AND s.outcome = 'loaded', s.superseded_tables,
       s.outcome,
       s.department_printed, s.department_source, s.year_source, s.file, s.source, s.source_address,
       TRY_CAST(s.published_date AS DATE), TRY_CAST(s.approval_date AS DATE), s.sha256, s.bytes, s.format, s.encoding,
           s.figures, s.claims,
       s.unclaimed_numbers, s.message
FROM single s
JOIN core.dim_department p USING (department_key)
LEFT JOIN stage.numbered_document n USING (document_key)
ORDER BY s.disclosure_key, s.document_kind, s.version, s.document_key;
