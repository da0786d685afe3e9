-- title: 文字中的数字 | Numbers stated in prose
-- grain: 文字中一个数字的一种含义（一个数字说明两个合计时为两行） | one meaning of one number in the text (two rows where one number states two totals)
-- update: department_key
-- caution: value 与 amount_yuan 带符号：减少、下降为负 | value and amount_yuan are signed: 减少 and 下降 are negative
-- caution: worded 行没有 value：绩效等级、已公开等只有 word_code | rows of kind worded have no value: grades and the like have a word_code only
-- note: 行序即载入包的顺序：一份文字接着一份 | rows keep the order of the load package: text after text
-- column claim_key: 文件、行、起点与同位序号 | Document, line, start and position among meanings
-- column section: 章节代码 | Section code
-- column section_path: 所在标题路径 | Heading path
-- column item_path: 类款项路径 | Names from 类 down to the item
-- column stated_year: 数字所指年份（非材料本年时） | Year the number is about, where not the document's own
-- column item_code: 所计内容的代码：科目编码、名称表代码、项目代码，否则为名称本身 | Code of what is counted: functional or economic code, code of the dictionary, line, else the name
-- column basis_code: 比较基数的代码 | Code of what the basis counts
-- column basis_fund: 比较基数的预算种类 | Money of the basis
-- column section_group: 章节组（核对规则所用） | Group of sections, as checks speak of them
-- column paragraph: 所在段落的首行 | First line of its paragraph
-- column sentence_offset: 句中数字之前的字数 | Characters of the sentence before the number
-- column part_of: 其中：所属总数的行与起点 | Line and first character of the count it is a part of (其中)
-- column said: 文字所说的决算与预算关系：more 大于、less 小于、equal 等于、about_equal 基本持平 | What words say of an account against its budget: more, less, equal, about_equal
-- column listed: 文字列举的开支名称 | Names listed as what the amount is spent on
-- column claim_kind: number、chinese_numeral、approximate、flat 持平、nil 无此项、template_remnant 模板残留、worded 只有文字没有数字 | number, chinese_numeral, approximate, flat, nil, template_remnant or worded
-- column word_code: 文字所述的代码（pipelines/names/worded.csv）：等级、已公开、无此项、持平；数字为空文本 | What words state, a code of pipelines/names/worded.csv: a grade, publication, nothing, no change; empty for numbers
-- column page: 所在页（从 1 起）；没有页的格式为空 | Page it is printed on, from 1; NULL for formats without pages
-- column reading: 由图片识别者为 ocr，文件自身所载者为空 | ocr where a program recognised it on a picture of its page; empty where the file itself says what it prints
-- column reading_score: 识别程序的把握（百分数，该段最低者）；非识别者为空 | How sure that program was, in percent, of the least sure line of its paragraph; NULL where nothing was recognised
-- column rule: 识别规则 | Rule that read it
-- column reason: 所述原因 | Reason stated for it
-- column reason_opening: 引出原因的文字（决算数小于预算数的主要原因） | Words that lead to the reason

CREATE TABLE core.fact_claim (
    claim_key VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    disclosure_key VARCHAR NOT NULL,
    department_key VARCHAR NOT NULL,
    fiscal_year INTEGER,
    is_current BOOLEAN NOT NULL,
    line_number UINTEGER NOT NULL,
    char_start UINTEGER NOT NULL,
    char_end UINTEGER NOT NULL,
    section VARCHAR NOT NULL,
    section_path VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    item_printed VARCHAR NOT NULL,
    item_path VARCHAR NOT NULL,
    line VARCHAR,
    function_code VARCHAR,
    economic_code VARCHAR,
    measure VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    fund VARCHAR NOT NULL,
    stated_year INTEGER,
    item_code VARCHAR NOT NULL,
    basis_code VARCHAR NOT NULL,
    basis_fund VARCHAR NOT NULL,
    section_group VARCHAR NOT NULL,
    paragraph UINTEGER NOT NULL,
    sentence_offset UINTEGER NOT NULL,
    part_of VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    listed VARCHAR NOT NULL,
    claim_kind VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    value DECIMAL(28, 8),
    unit VARCHAR NOT NULL,
    value_kind VARCHAR NOT NULL CHECK (value_kind IN ('money', 'percent', 'count', 'other')),
    amount_yuan DECIMAL(18, 2),
    half_unit DECIMAL(28, 8),
    word_code VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    reason_opening VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    page INTEGER,
    reading_score INTEGER,
    reading VARCHAR GENERATED ALWAYS AS (CASE WHEN reading_score IS NULL THEN '' ELSE 'ocr' END) VIRTUAL
);

INSERT INTO core.fact_claim
SELECT c.document_key || '/' || c.line || ':' || c.char_start || '/' || (c.meaning + 1),
       c.document_key, d.disclosure_key, d.department_key, d.fiscal_year, d.is_text_current, c.line, c.char_start,
           c.char_end,
       c.section, c.section_path, c.item, c.item_printed, c.item_path, c.line_code, c.function_code, c.economic_code,
       c.measure, c.basis, c.fund, c.stated_year, c.item_code, c.basis_code, c.basis_fund,
       c.section_group, c.paragraph, c.sentence_offset, c.part_of, c.said,
       c.listed, c.kind, c.printed, CASE WHEN c.kind <> 'worded' THEN c.value END, c.unit, c.value_kind,
       c.amount_yuan, c.half_unit, c.word_code, c.sentence, c.reason,
       c.reason_opening, c.rule, c.page, c.reading_score
FROM stage.claim c
JOIN core.dim_document d USING (document_key);
