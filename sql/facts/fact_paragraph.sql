-- title: 说明文字的段落 | Paragraphs of the texts
-- grain: 说明文字中的一个段落 | one paragraph of one text
-- update: department_key
-- note: 名词解释只保留标题；文字为便于比较的形式（半角、去掉词内空格） | of definitions only the headings are kept; the text is in comparable form (half-width, no blanks inside words)
-- column section: 章节代码 | Section code
-- column section_path: 所在标题路径 | Heading path
-- column heading_level: 段首标题的层级：第一部分 1、一、2、（一）3、1.4；0 为正文 | Rank of the heading it opens with: 第一部分 1, 一、 2, （一） 3, 1. 4; 0 for body text
-- column ordinal: 标题序号，0 为没有 | The heading's number; 0 where it has none
-- column has_body: 标题之后有文字 | Words stand behind the heading
-- column has_table_below: 下一段之前有表格 | A table comes before the next paragraph
-- column text: 段落文字 | The paragraph

CREATE TABLE core.fact_paragraph (
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    line_number UINTEGER NOT NULL,
    section VARCHAR NOT NULL,
    section_path VARCHAR NOT NULL,
    heading_level INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    has_body BOOLEAN NOT NULL,
    has_table_below BOOLEAN NOT NULL,
    text VARCHAR NOT NULL
);

INSERT INTO core.fact_paragraph
SELECT p.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_text_current, p.line, p.section,
       p.section_path, p.heading_level, p.ordinal, p.has_body, p.has_table_below, p.text
FROM stage.paragraph p
JOIN core.dim_document d USING (document_key)
ORDER BY d.disclosure_key, p.document_key, p.line;
