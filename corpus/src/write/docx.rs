//! .docx: paragraphs whose runs are split as Word splits them, and Word tables; numbers typed, or given by Word.

use std::fmt::Write as _;

use super::listed::{HEADINGS, Headings, ListLevel, ROWS, is_row_number};
use super::xml::escape;
use super::zipped::pack;
use super::{Block, TextDocument, WriteError};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const LISTED_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const LISTED_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Parts and headings are of the list through their style, and through the one that it is based on.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// # Errors
/// Only those of the zip container.
pub fn write_docx(document: &TextDocument) -> Result<Vec<u8>, WriteError> {
    let body = body(document, None);
    pack(&[
        ("[Content_Types].xml", TYPES.as_bytes(), false),
        ("_rels/.rels", RELATIONS.as_bytes(), false),
        ("word/document.xml", body.as_bytes(), false),
    ])
}

/// The same, where Word gives the numbers of headings and rows that it can count.
///
/// # Errors
/// Only those of the zip container.
pub fn write_docx_listed(document: &TextDocument) -> Result<Vec<u8>, WriteError> {
    let body = body(document, Some(Headings::default()));
    let list = |id: usize, levels: &[ListLevel]| {
        let level = |(at, level): (usize, &ListLevel)| {
            let style = if id == 1 && at < 2 { format!("<w:pStyle w:val=\"{}\"/>", at + 1) } else { String::new() };
            format!(
                r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{}"/>{style}<w:suff w:val="nothing"/><w:lvlText w:val="{}%{}{}"/></w:lvl>"#,
                level.name,
                level.before,
                at + 1,
                level.after
            )
        };
        let levels: String = levels.iter().enumerate().map(level).collect();
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>"#
        )
    };
    let numbering = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="{NAMESPACE}">{}{}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#,
        list(1, &HEADINGS),
        list(2, &[ROWS])
    );
    pack(&[
        ("[Content_Types].xml", LISTED_TYPES.as_bytes(), false),
        ("_rels/.rels", RELATIONS.as_bytes(), false),
        ("word/_rels/document.xml.rels", LISTED_RELATIONS.as_bytes(), false),
        ("word/styles.xml", STYLES.as_bytes(), false),
        ("word/numbering.xml", numbering.as_bytes(), false),
        ("word/document.xml", body.as_bytes(), false),
    ])
}

fn body(document: &TextDocument, mut headings: Option<Headings>) -> String {
    let mut body =
        format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{NAMESPACE}"><w:body>"#);
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => match headings.as_mut().and_then(|headings| headings.next(text)) {
                Some(listed) if listed.level < 2 => {
                    let style = format!("<w:pStyle w:val=\"{}\"/>", listed.level + 1);
                    paragraph(&mut body, listed.text, &style);
                }
                Some(listed) => paragraph(&mut body, listed.text, &list_of(1, listed.level)),
                None => paragraph(&mut body, text, ""),
            },
            Block::Table(rows) => table(&mut body, rows, headings.is_some()),
        }
    }
    body.push_str(r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"#);
    body
}

fn list_of(list: usize, level: usize) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
}

fn paragraph(out: &mut String, text: &str, properties: &str) {
    out.push_str("<w:p>");
    if !properties.is_empty() {
        let _ = write!(out, "<w:pPr>{properties}</w:pPr>");
    }
    for run in runs(text) {
        let _ = write!(out, r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(&run));
    }
    out.push_str("</w:p>");
}

fn table(out: &mut String, rows: &[Vec<String>], is_listed: bool) {
    out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr>");
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let _ = write!(out, "<w:tblGrid>{}</w:tblGrid>", "<w:gridCol w:w=\"1500\"/>".repeat(widest));
    for (at, row) in rows.iter().enumerate() {
        out.push_str("<w:tr>");
        for (column, cell) in row.iter().enumerate() {
            out.push_str("<w:tc><w:tcPr><w:tcW w:w=\"1500\" w:type=\"dxa\"/></w:tcPr>");
            if is_listed && column == 0 && is_row_number(rows, at) {
                paragraph(out, "", &list_of(2, 0));
            } else {
                paragraph(out, cell, "");
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// Word starts a new run where Chinese meets digits, so numbers stand in runs of their own.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut was_ascii = None;
    for c in text.chars() {
        if was_ascii != Some(c.is_ascii()) || runs.is_empty() {
            runs.push(String::new());
            was_ascii = Some(c.is_ascii());
        }
        if let Some(run) = runs.last_mut() {
            run.push(c);
        }
    }
    runs
}
