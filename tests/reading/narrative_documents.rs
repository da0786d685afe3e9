//! Word documents as authors and attackers make them.

use std::io::{Cursor, Write};

use juesuan::inner::decode::{DecodeFailure, Document, Limits, decode_docx};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn docx(body: &str) -> Vec<u8> {
    with_notes(body, "")
}

fn with_notes(body: &str, notes: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    if !notes.is_empty() {
        archive.start_file("word/footnotes.xml", SimpleFileOptions::default()).unwrap();
        archive.write_all(format!("<w:footnotes xmlns:w=\"w\">{notes}</w:footnotes>").as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn decode(body: &str) -> Document {
    decode_docx(&docx(body), &Limits::default()).unwrap()
}

fn lines(document: &Document) -> Vec<&str> {
    document.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn fields_contents_and_deleted_text_are_dropped() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let contents = "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>一、收入决算 6</w:t></w:r></w:p>";
    let kept =
        format!("<w:p><w:r><w:t>见第</w:t></w:r>{}<w:r><w:t>页</w:t></w:r></w:p>", field("PAGEREF _Toc1 \\h", "6"));
    let linked = format!("<w:p>{}</w:p>", field("HYPERLINK \"x\"", "附件"));
    let deleted = "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>1</w:delText><w:t>2</w:t></w:r></w:del></w:p>";
    let document = decode(&format!("{contents}{kept}{linked}{deleted}"));
    assert_eq!(lines(&document), ["见第页", "附件", "收入"]);
}

#[test]
fn hidden_runs_are_dropped_and_footnotes_stand_behind_all_lines() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let paragraph = format!(
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{}{}{}</w:p>",
        run("", "收入"),
        run("<w:vanish/>", "9"),
        run("<w:vanish w:val=\"0\"/>", "1万元")
    );
    let note = |text: &str| format!("<w:footnote><w:p><w:r><w:footnoteRef/><w:t>{text}</w:t></w:r></w:p></w:footnote>");
    let notes =
        format!("<w:footnote w:type=\"separator\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{}", note("含结转"));
    let document = decode_docx(&with_notes(&paragraph, &notes), &Limits::default()).unwrap();
    assert_eq!(lines(&document), ["收入1万元", "含结转"]);
}

#[test]
fn tables_and_text_boxes_stand_in_place() {
    let cell = |text: &str, properties: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("甲", "<w:vMerge w:val=\"restart\"/>"),
        cell("乙", "<w:gridSpan w:val=\"2\"/>"),
        cell("", "<w:vMerge/>"),
        cell("1", ""),
        cell("2", ""),
        cell("丙", ""),
        cell("3", ""),
        cell("4", ""),
    );
    let boxed = format!("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", paragraph("框内"));
    let document = decode(&format!("{}{table}{boxed}", paragraph("前文")));
    assert_eq!(lines(&document), ["前文", "甲", "乙", "1", "2", "丙", "3", "4", "框内"]);
    let grid = &document.grids[0];
    assert_eq!((grid.rows, grid.columns, grid.after_line), (3, 3, Some(1)));
    let merges: Vec<String> = grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["B1:C1", "A1:A2"]);
    assert_eq!(document.lines[3].cell.map(|cell| cell.at.to_string()).as_deref(), Some("B2"));
}

#[test]
fn nested_tables_and_bombs_end_in_bounded_time() {
    let depth = 3_000;
    let nested =
        format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(depth), paragraph("深"), "</w:tc></w:tr></w:tbl>".repeat(depth));
    let document = decode(&nested);
    assert_eq!(lines(&document), ["深"]);
    assert!(document.grids.len() <= 8 && !document.findings.is_empty());

    let bomb = docx(&"<w:p/>".repeat(400_000));
    let small = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    assert!(matches!(decode_docx(&bomb, &small), Err(DecodeFailure::TooLarge { .. })));
    assert!(decode_docx(b"PK\x03\x04 not a container", &Limits::default()).is_err());
    assert!(decode_docx(&docx("<w:p><w:r><w:t>open"), &Limits::default()).is_err());
}
