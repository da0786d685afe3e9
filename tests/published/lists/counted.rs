//! How each format counts: starts, levels, styles, lists that go on, and what is not seen.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{compact, read};

const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

pub fn docx(numbering: &str, styles: &str, body: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("word/document.xml", format!("<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", format!("<w:numbering {NAMESPACE}>{numbering}</w:numbering>")),
        ("word/styles.xml", format!("<w:styles {NAMESPACE}>{styles}</w:styles>")),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn level(at: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn of(list: &str, level: usize) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
}

pub fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn lines(bytes: &[u8], name: &str) -> Vec<String> {
    let document = read(bytes, name);
    let lines = document.lines.iter().filter(|line| !line.text.trim().is_empty());
    lines.map(|line| line.text.replace('\t', "→")).collect()
}

fn num(id: &str, pattern: &str, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{pattern}\"/>{more}</w:num>")
}

#[test]
fn word_counts_by_pattern_and_starts_anew_where_it_says_so() {
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"7\">".to_owned(),
        level(0, "chineseCountingThousand", "%1、", ""),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "(%3)", "<w:lvlRestart w:val=\"0\"/>"),
        "</w:abstractNum>".to_owned(),
        num("1", "7", ""),
        num("2", "7", ""),
        num("3", "7", "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"9\"/></w:lvlOverride>"),
        num("4", "7", &format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", level(0, "upperRoman", "%1)", ""))),
        num("5", "unknown", ""),
    ]
    .concat();
    let listed = [
        ("1", 0),
        ("1", 1),
        ("1", 2),
        ("2", 0),
        ("2", 1),
        ("1", 2),
        ("3", 0),
        ("3", 0),
        ("4", 0),
        ("0", 0),
        ("5", 0),
        ("1", 8),
        ("1", 200),
        ("1", 0),
    ];
    let body: String = listed.iter().map(|(list, level)| paragraph(&of(list, *level), "文")).collect();
    assert_eq!(
        lines(&docx(&numbering, "", &body), "a.docx"),
        [
            "一、文",
            "1.1 文",
            "(a)文",
            "二、文",
            "2.1 文",
            "(b)文",
            "九、文",
            "十、文",
            "XI)文",
            "文",
            "文",
            "文",
            "文",
            "十二、文"
        ]
    );
}

#[test]
fn word_counts_through_styles() {
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>".to_owned(),
        "<w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"L\"/>".to_owned(),
        level(0, "chineseCounting", "第%1章", "<w:pStyle w:val=\"H1\"/>"),
        level(1, "decimalEnclosedCircle", "%2", "<w:pStyle w:val=\"H2\"/>"),
        "</w:abstractNum>".to_owned(),
        num("1", "1", ""),
        num("2", "2", ""),
    ]
    .concat();
    let style = |id: &str, based: &str, properties: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{based}\"/><w:pPr>{properties}</w:pPr></w:style>"
        )
    };
    let list = "<w:numPr><w:numId w:val=\"1\"/></w:numPr>";
    let styles = [
        "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>".to_owned(),
        style("H1", "H0", list),
        style("H2", "H1", ""),
        style("H3", "H2", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"),
        style("Round", "Round", ""),
    ]
    .concat();
    let named = |style: &str, more: &str| paragraph(&format!("<w:pStyle w:val=\"{style}\"/>{more}"), "文");
    let body = [
        named("H1", ""),
        named("H2", ""),
        named("H2", ""),
        named("H3", ""),
        named("Round", ""),
        named("H1", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>"),
        // What it was before a change is not what it is.
        format!("<w:p><w:pPr><w:pStyle w:val=\"H1\"/><w:pPrChange><w:pPr>{}</w:pPr></w:pPrChange></w:pPr><w:r><w:t>文</w:t></w:r></w:p>", of("0", 0)),
    ]
    .concat();
    assert_eq!(
        lines(&docx(&numbering, &styles, &body), "a.docx"),
        ["第一章 文", "①文", "②文", "文", "文", "文", "第二章 文"]
    );
}

#[test]
fn paragraphs_that_nobody_sees_are_not_counted() {
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"1\">",
        &level(0, "decimal", "%1.", ""),
        "</w:abstractNum>",
        &num("1", "1", ""),
    ]
    .concat();
    let list = of("1", 0);
    let body = [
        paragraph(&list, "甲"),
        format!("<w:p><w:pPr>{list}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"),
        format!("<w:p><w:pPr>{list}<w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>丙</w:t></w:r></w:p>"),
        format!("<w:p><w:pPr>{list}</w:pPr></w:p>"),
        paragraph(&list, "2023年"),
    ]
    .concat();
    assert_eq!(lines(&docx(&numbering, "", &body), "a.docx"), ["1.甲", "2.", "3.→2023年"]);
}

#[test]
fn amounts_and_codes_in_cells_stay_what_they_are() {
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"1\">",
        &level(0, "decimal", "%1", ""),
        "</w:abstractNum>",
        &num("1", "1", ""),
    ]
    .concat();
    let cells = ["", "货物", "12.50", "2010301", "（1.20）", "-"];
    let row = |more: &str, cells: &[&str]| {
        let cell = |text: &&str| format!("<w:tc><w:tcPr>{more}</w:tcPr>{}</w:tc>", paragraph(&of("1", 0), text));
        format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
    };
    let covered = row("<w:vMerge/>", &["", ""]);
    let body = format!(
        "<w:tbl>{}{}{covered}</w:tbl>{}",
        row("", &cells),
        row("<w:vMerge w:val=\"restart\"/>", &["", ""]),
        paragraph(&of("1", 0), "末")
    );
    let document = read(&docx(&numbering, "", &body), "a.docx");
    let read: Vec<String> =
        document.grids[0].cells.iter().map(|cell| format!("{} {}", cell.at, cell.value.printed())).collect();
    assert_eq!(read, ["A1 1", "B1 2 货物", "C1 12.50", "D1 2010301", "E1 （1.20）", "F1 -", "A2 7", "B2 8"]);
    assert_eq!(document.lines.last().map(|line| line.text.as_str()), Some("9 末"));
}

#[test]
fn rich_text_shows_numbers_as_they_were_written() {
    let rtf = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Symbol;}}
\pard\ls1 {\listtext\pard\plain\f0 \'d2\'bb\'a1\'a2\tab}{\pntext\f0 9.\tab}\'ce\'c4\par
{\pntext\f0 2.\tab}\'ce\'c4\par
{\listtext\f1 \'b7\tab}\'ce\'c4\par
{\listtext\f0 o\tab}\'ce\'c4\par
{\listtext\f0 \'a1\'aa\tab}\'ce\'c4\par
{\listtext\f0 3.\tab}2023\par
\pard \'ce\'c4\par}";
    assert_eq!(lines(rtf.as_bytes(), "a.rtf"), ["一、文", "2.文", "文", "文", "文", "3.→2023", "文"]);
}

/// Where the writer left the numbers out, they are counted by the tables of lists, as Word does.
#[test]
fn rich_text_counts_lists_whose_numbers_are_not_written() {
    let rtf = r"{\rtf1\ansi\ansicpg936\uc2{\fonttbl{\f0\fcharset134 SimSun;}}
{\*\listtable{\list\listtemplateid9
{\listlevel\levelnfc39\levelstartat1{\leveltext\leveltemplateid1\'03\'b5\'da\'00\u31456\'d5\'c2;}{\levelnumbers\'02;}}
{\listlevel\levelnfc0\levellegal1\levelstartat1{\leveltext\'03\'00.\'01;}{\levelnumbers\'01\'03;}}
{\listlevel\levelnfc4\levelnorestart1\levelstartat3{\leveltext\'02\'02);}}
{\listlevel\levelnfc23{\leveltext\'01\u61623\'a1\'a4;}}\listid-12}
{\list\listsimple1{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}}\listid7}}
{\*\listoverridetable{\listoverride\listid-12\listoverridecount0\ls1}{\listoverride\listid7\listoverridecount0\ls3}
{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls4}
{\listoverride\listid7\listoverridecount1{\lfolevel\listoverrideformat{\listlevel\levelnfc1\levelstartat2{\leveltext\'03(\'00);}}}\ls5}}
\pard\ls1\ilvl0 \'ce\'c4\par\ilvl1 \'ce\'c4\par \'ce\'c4\par\ilvl2 \'ce\'c4\par\ilvl3 \'ce\'c4\par\ilvl0 \'ce\'c4\par\ilvl1 \'ce\'c4\par\ilvl2 \'ce\'c4\par
\pard\ls3 \page \'ce\'c4\page \'ce\'c4\par {\v \'ce\'c4\par}{\listtext 9.\tab}\'ce\'c4\par {\deleted \'ce\'c4}2023\par
\pard\ls4 \'ce\'c4\par\'ce\'c4\par\pard\ls3 \'ce\'c4\par\pard\ls5 \'ce\'c4\par\pard\ls0 \'ce\'c4\par\pard\ls2 \'ce\'c4\par\pard \'ce\'c4\par}";
    assert_eq!(
        lines(rtf.as_bytes(), "a.rtf"),
        [
            "第一章 文",
            "1.1 文",
            "1.2 文",
            "c)文",
            "文",
            "第二章 文",
            "2.1 文",
            "d)文",
            "1.文",
            "文",
            "9.文",
            "3.→2023",
            "5.文",
            "6.文",
            "7.文",
            "(VIII)文",
            "文",
            "文",
            "文"
        ]
    );
}

#[test]
fn open_documents_count_lists_and_headings() {
    let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-suffix=\"、\" style:num-format=\"一, 二, 三, ...\" text:start-value=\"2\"/>\
        <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\" style:num-suffix=\")\"/>\
        <text:list-level-style-bullet text:level=\"3\" text:bullet-char=\"•\"/></text:list-style>\
        <text:list-style style:name=\"F\"><text:list-level-style-number text:level=\"1\" style:num-format=\"A\" style:num-suffix=\".\" loext:num-list-format=\"附%1%：\"/></text:list-style>\
        <style:style style:name=\"H0\" style:family=\"paragraph\" style:list-style-name=\"\"/><style:style style:name=\"H\" style:family=\"paragraph\" style:parent-style-name=\"H0\"/>\
        <style:style style:name=\"R\" style:family=\"paragraph\" style:parent-style-name=\"R\"/><text:outline-style><text:outline-level-style text:level=\"1\" style:num-format=\"I\" style:num-suffix=\".\"/><text:outline-level-style text:level=\"2\" style:num-format=\"\"/></text:outline-style>";
    let list = |attributes: &str, items: &str| format!("<text:list {attributes}>{items}</text:list>");
    let item = |content: &str| format!("<text:list-item>{content}</text:list-item>");
    let text = "<text:p>文</text:p>";
    let body = [
        list(
            "xml:id=\"one\" text:style-name=\"L\"",
            &[
                "<text:list-header><text:p>头</text:p></text:list-header>".to_owned(),
                item(&format!("{text}{text}{}", list("", &[item(text), item(text), item(&list("", &item(text)))].concat()))),
                item(text),
                format!("<text:list-item text:start-value=\"8\">{text}</text:list-item>"),
            ]
            .concat(),
        ),
        list("text:style-name=\"F\"", &item(text)),
        list("text:style-name=\"L\" text:continue-numbering=\"true\"", &item(&list("", &item(text)))),
        list("text:style-name=\"L\" text:continue-list=\"one\"", &item(text)),
        list("text:style-name=\"L\"", &item(text)),
        list("text:style-name=\"none\"", &item(text)),
        "<text:h text:outline-level=\"1\">标</text:h><text:h text:outline-level=\"2\">题</text:h>".to_owned(),
        "<text:h text:outline-level=\"1\" text:is-list-header=\"true\">标</text:h><text:h text:outline-level=\"1\">标</text:h>".to_owned(),
        "<text:h text:style-name=\"H\" text:outline-level=\"1\">外</text:h><text:h text:style-name=\"R\" text:outline-level=\"1\">标</text:h>".to_owned(),
    ]
    .concat();
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:styles>{styles}</office:styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    );
    assert_eq!(
        lines(flat.as_bytes(), "a.fodt"),
        [
            "头",
            "二、文",
            "文",
            "二.1)文",
            "二.2)文",
            "文",
            "三、文",
            "八、文",
            "附A：文",
            "八.1)文",
            "九、文",
            "二、文",
            "文",
            "I.标",
            "题",
            "标",
            "II.标",
            "外",
            "III.标"
        ]
    );
}

#[test]
fn pages_show_the_numbers_of_a_browser() {
    let page = "<ol><li>甲<li>乙<ol type=a><li>丙</ol><li value=9><p>丁</p></ol><ul><li>戊</ul><ol reversed><li>己<li>庚</ol>\
        <ol type=I start=4><li>辛<li hidden>隐<li style='list-style: none'>壬</ol><ol style='list-style:none'><li>癸</ol>\
        <ol><li>3.2023年<li>一、子<li>2023年</ol><table><tr><td>序号<td>项目</tr><tr><td><ol><li></ol><td>丑</tr></table>";
    assert_eq!(
        lines(page.as_bytes(), "a.html"),
        [
            "1.甲",
            "2.乙",
            "a.丙",
            "9.丁",
            "戊",
            "2.己",
            "1.庚",
            "IV.辛",
            "壬",
            "癸",
            "1.→3.2023年",
            "一、子",
            "3.→2023年",
            "序号",
            "项目",
            "1.",
            "丑"
        ]
    );
    let bare = format!("<style>body{{margin:0}} ol, ul {{ list-style: none; }}</style>{page}");
    assert_eq!(compact(&lines(bare.as_bytes(), "a.html")[0]), "甲");
}

/// Word saves the numbers of its own lists into a page, with blanks behind them.
#[test]
fn pages_that_word_saves_keep_numbers_apart() {
    let number = |number: &str| {
        format!(
            "<![if !supportLists]><span style='mso-list:Ignore'>{number}<span>&nbsp;&nbsp; </span></span><![endif]>"
        )
    };
    let bullet = format!("<span style='font-family:Wingdings'>{}</span>", number("l"));
    let page = format!(
        "<html><body><p>{}收入</p><p>{}2023年</p><p>{bullet}支出</p><p>{}结余</p>",
        number("一、"),
        number("1."),
        number("·")
    );
    assert_eq!(lines(page.as_bytes(), "a.html"), ["一、收入", "1.→2023年", "支出", "结余"]);
}
