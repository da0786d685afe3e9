//! Lists that go round in a circle, lie about their levels, or are damaged.

use juesuan::inner::decode::{Limits, decode};
use juesuan_corpus::write::{Workbook, write_doc_listed, write_docx_listed};

use super::counted::{docx, level, paragraph};
use super::{document, read};

#[test]
fn hostile_lists_are_bounded() {
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"A\"/></w:abstractNum>",
        "<w:abstractNum w:abstractNumId=\"2\">",
        &level(0, "upperRoman", &"%1".repeat(10_000), "").replace("w:start w:val=\"1\"", "w:start w:val=\"2147483648\""),
        &level(1, "lowerLetter", "%9%8%2", "").replace("w:start w:val=\"1\"", "w:start w:val=\"-5\""),
        &level(200, "decimal", "%1", ""),
        &level(8, "chineseCounting", "%9", "").replace("w:start w:val=\"1\"", "w:start w:val=\"99999999999999999999\""),
        "</w:abstractNum>",
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"77\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num>",
    ]
    .concat();
    let round = |id: &str, parent: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{parent}\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
        )
    };
    let styles = format!("{}{}", round("A", "B"), round("B", "A"));
    let of = |list: usize, level: u64| {
        paragraph(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), "文")
    };
    let body = [
        paragraph("<w:pStyle w:val=\"A\"/>", "甲"),
        of(1, 0),
        of(2, 0),
        of(2, 1),
        of(2, 7),
        of(2, 8),
        of(2, 200),
        of(2, u64::MAX),
    ]
    .concat();
    let document = read(&docx(&numbering, &styles, &body), "a.docx");
    assert_eq!(document.lines.len(), 8);
    assert!(document.lines.iter().all(|line| line.text.chars().count() < 1_000), "{:?}", document.lines);
}

#[test]
fn a_document_whose_lists_are_broken_keeps_its_text_and_says_so() {
    let broken = docx("<w:abstractNum></w:num>", "", &paragraph("", "文"));
    let document = read(&broken, "a.docx");
    assert_eq!(document.lines[0].text, "文");
    let told: Vec<&str> = document.findings.iter().map(|finding| finding.check_id.as_str()).collect();
    assert_eq!(told, ["decode.lists_not_read"]);
    assert!(read(&docx("", "", &paragraph("", "文")), "a.docx").findings.is_empty());
}

#[test]
fn damaged_lists_end_in_a_result() {
    let document = document();
    let forms = [
        ("a.doc", write_doc_listed(&document, &Workbook::default()).unwrap()),
        ("a.docx", write_docx_listed(&document).unwrap()),
        ("a.rtf", super::forms::rtf(&document, super::forms::Numbers::Counted)),
        ("a.fodt", super::forms::fodt(&document, true)),
        ("a.html", super::forms::html(&document, true)),
    ];
    let mut state = 18_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut read = 0;
    for (name, bytes) in forms {
        // The lists of a .doc stand behind its text and the pages of its paragraphs.
        let first = if name == "a.doc" { bytes.len() * 3 / 4 } else { 0 };
        for _ in 0..120 {
            let mut mutant = bytes.clone();
            for _ in 0..1 + next(8) {
                let at = first + next(mutant.len() - first);
                mutant[at] = next(256) as u8;
            }
            read += usize::from(decode(&mutant, name, &Limits::default()).is_ok());
        }
    }
    assert!(read > 100, "{read} of 600 were read");
}
