-- title: 文件 | Documents
-- grain: 一个源文件 | one source file
-- note: 重新发布的材料取代旧版，两版都可查询；同一份公开材料（disclosure）由报表和文字两个文件组成 | a re-published file supersedes the earlier one and both stay; one disclosure is usually a workbook and a text
-- column version: 同一公开材料、同类文件中的版次，从 1 起 | Version within disclosure and kind of file, from 1
-- column is_current: 至少有一张表或文字未被后来的文件取代 | Some table or the text of it is not replaced by a later file
-- column is_text_current: 文字部分为现行版次 | Its text is the current version
-- column superseded_tables: 被后来文件取代的报表代码，以竖线连接 | Report tables that a later file replaces, joined by a vertical bar
-- column outcome: 读取结果：loaded、budget（预算，不作决算载入）、not_a_disclosure、nothing_recognised、failed | loaded, budget (recognised, never loaded as final accounts), not_a_disclosure, nothing_recognised or failed
-- column published_date: 发布日期 | Published on
-- column approval_date: 批复日期（公开材料通常不含，登记在 manifest.csv） | Approved on (usually not disclosed: from manifest.csv)

CREATE TABLE core.dim_document (
    document_key VARCHAR PRIMARY KEY,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    fiscal_year INTEGER,
    level VARCHAR NOT NULL CHECK (level IN ('department', 'unit', '')),
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
SELECT document_key, disclosure_key, department_key, region_code, fiscal_year, level, document_kind, version,
       is_current AND outcome = 'loaded', is_text_current AND outcome = 'loaded', superseded_tables, outcome, department_printed, department_source, year_source, file, source,
       source_address, TRY_CAST(published_date AS DATE), TRY_CAST(approval_date AS DATE), sha256, bytes, format, encoding, figures, claims,
       unclaimed_numbers, message
FROM stage.document
QUALIFY row_number() OVER (PARTITION BY document_key ORDER BY source, file) = 1
ORDER BY disclosure_key, document_kind, version, document_key;
