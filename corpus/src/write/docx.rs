//! .docx: paragraphs whose runs are split as Word splits them, and Word tables.

use std::fmt::Write as _;

use super::xml::escape;
use super::zipped::pack;
use super::{Block, TextDocument, WriteError};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// # Errors
/// Only those of the zip container.
pub fn write_docx(document: &TextDocument) -> Result<Vec<u8>, WriteError> {
    let mut body = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
    );
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => paragraph(&mut body, text),
            Block::Table(rows) => table(&mut body, rows),
        }
    }
    body.push_str(r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"#);
    pack(&[
        ("[Content_Types].xml", TYPES.as_bytes(), false),
        ("_rels/.rels", RELATIONS.as_bytes(), false),
        ("word/document.xml", body.as_bytes(), false),
    ])
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str("<w:p>");
    for run in runs(text) {
        let _ = write!(out, r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(&run));
    }
    out.push_str("</w:p>");
}

fn table(out: &mut String, rows: &[Vec<String>]) {
    out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr>");
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let _ = write!(out, "<w:tblGrid>{}</w:tblGrid>", "<w:gridCol w:w=\"1500\"/>".repeat(widest));
    for row in rows {
        out.push_str("<w:tr>");
        for cell in row {
            out.push_str("<w:tc><w:tcPr><w:tcW w:w=\"1500\" w:type=\"dxa\"/></w:tcPr>");
            paragraph(out, cell);
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
