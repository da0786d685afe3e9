//! Folders as they are downloaded: what is not read is named and holds nothing back.

use std::fs;

use juesuan_corpus::write::{PdfStyle, write_doc, write_docx, write_pdf};

use crate::common::{rows, run, text};
use crate::truth::disclosures;

#[test]
fn a_workbook_with_a_word_copy_and_pictures_is_published() {
    let disclosure = &disclosures(1)[0];
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("下载");
    fs::create_dir(&source).unwrap();
    let (name, book) = disclosure.book().unwrap();
    fs::write(source.join(name), book).unwrap();
    fs::write(
        source.join("决算.doc"),
        write_doc(&disclosure.narrative.document, &disclosure.rendered.workbook).unwrap(),
    )
    .unwrap();
    for picture in ["1.png", "2.png", "3.png", "4.png"] {
        fs::write(source.join(picture), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    }
    let ended = run(&source, folder.path(), &[]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let said = text(&ended.stdout);
    assert!(said.contains("4 file not_read") && said.contains("1.png: a picture cannot be read"), "{said}");
    let figures = rows(&folder.path().join("extracts/figures.csv"));
    let of = |file: &str| figures.iter().filter(|row| row["file"] == file).count();
    assert_eq!(of("决算.doc"), of(name));
    assert!(of(name) > 100);
}

#[test]
fn files_that_fail_hold_a_build_back_and_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("下载");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("空.xls"), "").unwrap();
    fs::write(source.join("图.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let ended = run(&source, folder.path(), &[]);
    assert_eq!(ended.status.code(), Some(3));
    let said = text(&ended.stderr);
    assert!(said.contains("1 of 1 files cannot be read: 空.xls (the file is empty)"), "{said}");
}

#[test]
fn the_more_exact_copy_is_used_and_a_copy_that_differs_is_a_finding() {
    let disclosure = &disclosures(1)[0];
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("下载");
    fs::create_dir(&source).unwrap();
    let (name, book) = disclosure.book().unwrap();
    fs::write(source.join(name), book).unwrap();
    let mut copy = disclosure.rendered.clone();
    let text = &disclosure.narrative.document;
    fs::write(source.join("相同.doc"), write_doc(text, &copy.workbook).unwrap()).unwrap();
    let ended = run(&source, folder.path(), &[]);
    assert!(ended.status.success(), "{}", text_of(&ended));
    let figures = rows(&folder.path().join("extracts/figures.csv"));
    let current = |file: &str| figures.iter().filter(|row| row["file"] == file && row["is_current"] == "true").count();
    assert_eq!(current("相同.doc"), 0);
    assert!(current(name) > 100);
    assert_eq!(differing(&folder).len(), 0);

    let total = copy.find("支出决算表", "合计", "本年支出合计").unwrap();
    copy.reprint(total, "1.23");
    fs::write(source.join("相同.doc"), write_doc(text, &copy.workbook).unwrap()).unwrap();
    let ended = run(&source, folder.path(), &[]);
    assert!(ended.status.success(), "{}", text_of(&ended));
    let differing = differing(&folder);
    assert_eq!(differing.len(), 1);
    assert!(differing[0]["message"].contains("1.23"), "{}", differing[0]["message"]);
}

fn differing(folder: &tempfile::TempDir) -> Vec<std::collections::BTreeMap<String, String>> {
    let findings = rows(&folder.path().join("extracts/findings.csv"));
    findings.into_iter().filter(|row| row["check_id"] == "S-16" && row["outcome"] == "broken").collect()
}

fn text_of(ended: &std::process::Output) -> String {
    text(&ended.stdout) + &text(&ended.stderr)
}

#[test]
fn a_pdf_gives_the_figures_and_claims_of_the_workbook_and_the_text_with_their_pages() {
    let disclosure = &disclosures(1)[0];
    let folder = tempfile::tempdir().unwrap();
    let extracts = |kind: &str, files: &[(&str, Vec<u8>)]| {
        let (source, out) = (folder.path().join(kind), folder.path().join(format!("{kind}-out")));
        fs::create_dir(&source).unwrap();
        files.iter().for_each(|(name, bytes)| fs::write(source.join(name), bytes).unwrap());
        let ended = run(&source, &out, &[]);
        assert!(ended.status.success(), "{}", text_of(&ended));
        (rows(&out.join("extracts/figures.csv")), rows(&out.join("extracts/claims.csv")))
    };
    let text = &disclosure.narrative.document;
    let books = extracts("books", &[disclosure.book().unwrap(), ("决算说明.docx", write_docx(text).unwrap())]);
    let pdf = write_pdf(text, &disclosure.rendered.workbook, PdfStyle::default());
    let printed = extracts("printed", &[("决算.pdf", pdf)]);
    let said = |rows: &[std::collections::BTreeMap<String, String>], columns: &[&str]| {
        let mut said: Vec<String> = rows
            .iter()
            .map(|row| columns.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>().join("|"))
            .collect();
        said.sort();
        said
    };
    let amounts = ["report_table", "side", "code", "amount_yuan"];
    assert_eq!(said(&printed.0, &amounts), said(&books.0, &amounts));
    let claims = ["item", "measure", "basis", "value", "unit"];
    assert_eq!(said(&printed.1, &claims), said(&books.1, &claims));
    assert!(printed.0.iter().chain(&printed.1).all(|row| !row["page"].is_empty()));
    assert!(books.0.iter().chain(&books.1).all(|row| row["page"].is_empty()));
    assert!(printed.0.iter().all(|row| row["page_box"].split(',').count() == 4));
    assert!(!printed.1.is_empty());
}
