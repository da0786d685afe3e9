//! A text as rich text, as OpenDocument and as a web page, with its numbers typed or given by lists.

use std::io::{Cursor, Write};

use juesuan_corpus::write::listed::{HEADINGS, Headings, ListLevel, ROWS, is_row_number};
use juesuan_corpus::write::{Block, TextDocument};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How rich text gives its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    Typed,
    /// In front of the paragraph, for readers that count no lists.
    Written,
    /// By its tables of lists alone.
    Counted,
}

pub fn rtf(document: &TextDocument, numbers: Numbers) -> Vec<u8> {
    let mut headings = Headings::default();
    let mut body = String::new();
    let number = |number: &str| match numbers {
        Numbers::Written => format!("{{\\listtext\\pard\\plain \\f0 {}\\tab }}", units(number)),
        _ => String::new(),
    };
    let is_listed = numbers != Numbers::Typed;
    let mut uses = 1;
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => match headings.next(text).filter(|_| is_listed) {
                Some(listed) => {
                    let shown = number(&HEADINGS[listed.level].written(listed.number));
                    body += &format!("\\pard\\ls1\\ilvl{} {shown}{}\\par\n", listed.level, units(listed.text));
                }
                None => body += &format!("\\pard {}\\par\n", units(text)),
            },
            Block::Table(rows) => {
                uses += 1;
                for (at, row) in rows.iter().enumerate() {
                    let edges: String = (1..=row.len()).map(|column| format!("\\cellx{}", column * 1500)).collect();
                    body += &format!("\\trowd{edges}");
                    for (column, cell) in row.iter().enumerate() {
                        let is_number = is_listed && column == 0 && is_row_number(rows, at);
                        let text = if is_number { format!("\\ls{uses}\\ilvl0 {}", number(cell)) } else { units(cell) };
                        body += &format!("\\pard\\intbl {text}\\cell ");
                    }
                    body += "\\row\n";
                }
            }
        }
    }
    let tables = if numbers == Numbers::Counted { list_tables(uses) } else { String::new() };
    let head = "{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0\\fcharset134 SimSun;}}\n";
    format!("{head}{tables}{body}}}").into_bytes()
}

/// The list of headings, and one of rows that starts anew with each use of it.
fn list_tables(uses: usize) -> String {
    let level = |(at, level): (usize, &ListLevel)| {
        let length = level.before.chars().count() + level.after.chars().count() + 1;
        format!(
            "{{\\listlevel\\levelnfc0\\levelnfcn{}\\levelstartat1{{\\leveltext\\'{length:02x}{}\\'{at:02x}{};}}{{\\levelnumbers\\'01;}}}}\n",
            level.code,
            units(level.before),
            units(level.after)
        )
    };
    let headings: String = HEADINGS.iter().enumerate().map(level).collect();
    let again = |at| {
        format!(
            "{{\\listoverride\\listid-7\\listoverridecount1{{\\lfolevel\\listoverridestartat\\levelstartat1}}\\ls{at}}}"
        )
    };
    let again: String = (2..=uses).map(again).collect();
    format!(
        "{{\\*\\listtable{{\\list\\listtemplateid1{headings}{{\\listname ;}}\\listid5}}{{\\list\\listsimple1{}\\listid-7}}}}\
         {{\\*\\listoverridetable{{\\listoverride\\listid5\\listoverridecount0\\ls1}}{again}}}\n",
        level((0, &ROWS))
    )
}

fn units(text: &str) -> String {
    text.encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{}?", unit.cast_signed()),
        })
        .collect()
}

pub fn odt(document: &TextDocument, is_listed: bool) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        ("content.xml", content("document-content", document, is_listed)),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn fodt(document: &TextDocument, is_listed: bool) -> Vec<u8> {
    content("document", document, is_listed).into_bytes()
}

fn content(root: &str, document: &TextDocument, is_listed: bool) -> String {
    let mut headings = Headings::default();
    let mut body = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => match headings.next(text).filter(|_| is_listed) {
                Some(listed) => body += &item(listed.level, "L1", listed.text),
                None => body += &format!("<text:p>{text}</text:p>"),
            },
            Block::Table(rows) => {
                body += "<table:table>";
                for (at, row) in rows.iter().enumerate() {
                    body += "<table:table-row>";
                    for (column, cell) in row.iter().enumerate() {
                        let is_number = is_listed && column == 0 && is_row_number(rows, at);
                        let text = if is_number { item(0, "L2", "") } else { format!("<text:p>{cell}</text:p>") };
                        body += &format!("<table:table-cell>{text}</table:table-cell>");
                    }
                    body += "</table:table-row>";
                }
                body += "</table:table>";
            }
        }
    }
    let level = |(at, level): (usize, &ListLevel)| {
        let example = match level.code {
            0 => "1",
            28 => "①, ②, ③, ...",
            _ => "一, 二, 三, ...",
        };
        let (before, after) = (level.before, level.after);
        format!(
            "<text:list-level-style-number text:level=\"{}\" style:num-format=\"{example}\" style:num-prefix=\"{before}\" style:num-suffix=\"{after}\"/>",
            at + 1
        )
    };
    let levels: String = HEADINGS.iter().enumerate().map(level).collect();
    format!(
        "<?xml version=\"1.0\"?><office:{root} xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:automatic-styles>\
         <text:list-style style:name=\"L1\">{levels}</text:list-style>\
         <text:list-style style:name=\"L2\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:{root}>"
    )
}

/// One paragraph a list that goes on with the one before, as LibreOffice writes them.
fn item(level: usize, style: &str, text: &str) -> String {
    let opened = "<text:list><text:list-item>".repeat(level);
    let closed = "</text:list-item></text:list>".repeat(level);
    format!(
        "<text:list text:style-name=\"{style}\" text:continue-numbering=\"true\"><text:list-item>{opened}<text:p>{text}</text:p>{closed}</text:list-item></text:list>"
    )
}

pub fn html(document: &TextDocument, is_listed: bool) -> Vec<u8> {
    let mut headings = Headings::default();
    let mut body = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => {
                match headings.next(text).filter(|listed| is_listed && [1, 3].contains(&listed.level)) {
                    Some(listed) => {
                        let style = if listed.level == 1 { "cjk-ideographic" } else { "decimal" };
                        let (start, text) = (listed.number, listed.text);
                        body += &format!(
                            "<ol start=\"{start}\" style=\"list-style-type: {style}\"><li><p>{text}</p></li></ol>\n"
                        );
                    }
                    None => body += &format!("<p>{text}</p>\n"),
                }
            }
            Block::Table(rows) => {
                body += "<table>";
                for row in rows {
                    body += "<tr>";
                    row.iter().for_each(|cell| body += &format!("<td>{cell}</td>"));
                    body += "</tr>\n";
                }
                body += "</table>\n";
            }
        }
    }
    format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>").into_bytes()
}
