//! Word 97 to 2003.

use juesuan::inner::decode::{DecodeFailure, Limits, decode};
use juesuan::inner::extract::table::Layouts;
use juesuan::inner::project::Project;
use juesuan_corpus::write::{Block, Position, Sheet, TextDocument, Workbook, write_doc, write_doc_around};

use crate::truth::{disclosures, score};

#[test]
fn tables_and_text_of_a_doc_come_out_as_they_were_written() {
    let project = Project::built_in();
    let layouts = Layouts::load(&project).unwrap();
    for disclosure in disclosures(24) {
        let document = &disclosure.narrative.document;
        let bytes = write_doc(document, &disclosure.rendered.workbook).unwrap();
        let scored = score(&disclosure, &bytes, "决算.doc", &project, &layouts);
        assert!(scored.written > 100, "{scored:?}");
        assert_eq!(
            (scored.right, scored.extra),
            (scored.written, 0),
            "{:?}, {:?}",
            scored.first_miss,
            scored.first_extra
        );
        let read = decode(&bytes, "决算.doc", &Limits::default()).unwrap();
        assert_eq!(read.format.as_str(), "doc");
        let written: Vec<&str> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(text) => Some(text.as_str()),
                Block::Table(_) => None,
            })
            .collect();
        let lines: Vec<&str> =
            read.lines.iter().filter(|line| line.cell.is_none()).map(|line| line.text.as_str()).collect();
        assert_eq!(lines[..written.len()], written);
    }
}

#[test]
fn headers_that_span_columns_and_rows_keep_their_place() {
    let mut sheet = Sheet::new("表");
    for (row, column, text) in [
        (0, 0, "项目"),
        (0, 1, "预算数"),
        (0, 3, "决算数"),
        (1, 1, "小计"),
        (1, 2, "其中"),
        (2, 0, "合计"),
        (2, 1, "3.00"),
        (2, 2, "1.00"),
        (2, 3, "2.50"),
    ] {
        sheet.text(row, column, text);
    }
    sheet.merge(Position::new(0, 0), Position::new(1, 0));
    sheet.merge(Position::new(0, 1), Position::new(0, 2));
    sheet.merge(Position::new(0, 3), Position::new(1, 3));
    let bytes = write_doc(&TextDocument::default(), &Workbook { sheets: vec![sheet] }).unwrap();
    let document = decode(&bytes, "表.wps", &Limits::default()).unwrap();
    let grid = &document.grids[0];
    let merges: Vec<String> = grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["A1:A2", "B1:C1", "D1:D2"]);
    let cells: Vec<String> = grid.cells.iter().map(|cell| format!("{}={}", cell.at, cell.value.printed())).collect();
    assert_eq!(
        cells,
        ["A1=项目", "B1=预算数", "D1=决算数", "B2=小计", "C2=其中", "A3=合计", "B3=3.00", "C3=1.00", "D3=2.50"]
    );
}

#[test]
fn what_is_older_or_encrypted_is_named() {
    let text = TextDocument { blocks: vec![Block::Paragraph("部门决算".to_owned())] };
    let bytes = write_doc(&text, &Workbook::default()).unwrap();
    let header = bytes.windows(4).position(|window| window == [0xec, 0xa5, 193, 0]).unwrap();
    let mut older = bytes.clone();
    older[header + 2] = 104;
    let failure = decode(&older, "a.doc", &Limits::default()).unwrap_err();
    assert_eq!((failure.kind(), failure.to_string().contains("Word 6 or 95")), ("unsupported", true));
    let mut encrypted = bytes;
    encrypted[header + 11] |= 1;
    assert_eq!(decode(&encrypted, "a.doc", &Limits::default()).unwrap_err(), DecodeFailure::Encrypted);
}

/// A small, seeded form of the long run in `scripts/mutants.py`.
#[test]
fn damaged_documents_end_in_a_result() {
    let disclosure = &disclosures(1)[0];
    let bytes = write_doc(&disclosure.narrative.document, &disclosure.rendered.workbook).unwrap();
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut read = 0;
    for _ in 0..150 {
        let mut mutant = bytes.clone();
        for _ in 0..1 + next(12) {
            let at = next(mutant.len());
            mutant[at] = next(256) as u8;
        }
        mutant.truncate(mutant.len() - next(600));
        read += usize::from(decode(&mutant, "a.doc", &Limits::default()).is_ok());
    }
    assert!((1..150).contains(&read), "{read} of 150 were read");
}

/// An object inside of a document is a document of its own: its streams are not those of the document, and a workbook that
/// is shown as a picture is told.
#[test]
fn objects_inside_are_not_the_document() {
    let text = TextDocument { blocks: vec![Block::Paragraph("本年收入合计12.50万元。".to_owned())] };
    let other = TextDocument { blocks: vec![Block::Paragraph("说明".to_owned())] };
    let inner = write_doc(&other, &Workbook::default()).unwrap();
    for (stream, told) in [("WordDocument", vec![]), ("Workbook", vec!["decode.workbooks_inside"])] {
        let bytes = write_doc_around(&text, stream, &inner).unwrap();
        let document = decode(&bytes, "决算.doc", &Limits::default()).unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(document.format.as_str(), "doc", "{stream}");
        assert_eq!(document.lines[0].text, "本年收入合计12.50万元。");
        let findings: Vec<&str> = document.findings.iter().map(|finding| finding.check_id.as_str()).collect();
        assert_eq!(findings, told, "{stream}");
    }
}
