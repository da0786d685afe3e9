//! Folders as they are downloaded: what is not read is named and holds nothing back.

use std::fs;

use juesuan_corpus::write::{
    Block, PdfStyle, Sheet, TextDocument, Workbook, write_doc, write_docx, write_pdf, write_xlsx,
};

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

#[test]
fn archives_are_read_like_folders_and_locked_ones_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("下载");
    fs::create_dir(&source).unwrap();
    for name in ["packed5.rar", "gbk4.rar", "packed.7z", "password.rar", "password.7z"] {
        fs::copy(crate::common::checkout().join("tests/published/files").join(name), source.join(name)).unwrap();
    }
    // Called .zip, it is what its bytes say.
    fs::copy(source.join("packed.7z"), source.join("改名.zip")).unwrap();
    fs::write(source.join("坏.rar"), b"Rar!\x1a\x07\x01\x00 and nothing that fits").unwrap();
    let ended = run(&source, folder.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let claims = rows(&folder.path().join("extracts/claims.csv"));
    let of = |file: &str| claims.iter().filter(|row| row["file"] == file).count();
    for archive in ["packed5.rar", "gbk4.rar", "packed.7z", "改名.zip"] {
        assert_eq!(of(&format!("{archive}/林业局/说明.txt")), 3, "{archive}");
    }
    let findings = rows(&folder.path().join("extracts/findings.csv"));
    let said = |file: &str| {
        let of_file = findings.iter().filter(|row| row["file"] == file && row["check_id"] == "discover.unreadable");
        of_file.map(|row| row["message"].clone()).collect::<Vec<_>>()
    };
    for locked in ["password.rar", "password.7z"] {
        assert_eq!(said(locked), ["the file cannot be read: it needs a password: unpack it beside the other files"]);
    }
    assert_eq!(said("坏.rar").len(), 1);
}

#[test]
fn a_table_taken_apart_in_word_is_one_table() {
    let row = |cells: &str| cells.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<String>>();
    let header = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出";
    let first = [
        header,
        " | 合计 | 30.00 | 20.00 | 10.00",
        "213 | 农林水支出 | 30.00 | 20.00 | 10.00",
        "21302 | 林业和草原 | 30.00 | 20.00 | 10.00",
        "2130201 | 行政运行 | 20.00 | 20.00 | 0.00",
    ];
    let rest = ["2130202 | 一般行政管理事务 | 4.00 | 0.00 | 4.00", "2130299 | 其他林业和草原支出 | 6.00 | 0.00 | 6.00"];
    let document = |second: &[&str]| {
        let paragraph = |text: &str| Block::Paragraph(text.to_owned());
        let table = |rows: &[&str]| Block::Table(rows.iter().map(|cells| row(cells)).collect());
        let blocks = vec![
            paragraph("松岭市林业局2022年度部门决算"),
            paragraph("支出决算表"),
            paragraph("单位：万元"),
            table(&first),
            table(second),
            paragraph("以上。"),
        ];
        write_docx(&TextDocument { blocks }).unwrap()
    };
    for second in [vec![header, rest[0], rest[1]], rest.to_vec()] {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("下载");
        fs::create_dir(&source).unwrap();
        fs::write(source.join("决算.docx"), document(&second)).unwrap();
        let ended = run(&source, folder.path(), &["--accept"]);
        assert!(ended.status.success(), "{}", text(&ended.stderr));
        let figures = rows(&folder.path().join("extracts/figures.csv"));
        assert_eq!(figures.len(), 18, "{second:?}");
        assert!(figures.iter().all(|row| row["sheet"] == "table 1"));
        let findings = rows(&folder.path().join("extracts/findings.csv"));
        let about_rows = findings.iter().filter(|row| row["check_id"].starts_with("W-")).collect::<Vec<_>>();
        assert!(about_rows.is_empty(), "{about_rows:?}");
    }
}

#[test]
fn a_sheet_of_sentences_in_a_workbook_is_read_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("下载");
    fs::create_dir(&source).unwrap();
    let mut prose = Sheet::new("情况说明");
    for (row, text) in [
        "松岭市林业局2022年度部门决算情况说明",
        "一、收入支出决算总体情况说明",
        "本年收入合计64.20万元，其中：财政拨款收入64.20万元，占100.00%。",
        "本年支出合计64.20万元，与上年持平，主要原因是业务稳定。",
    ]
    .into_iter()
    .enumerate()
    {
        prose.text(row as u32, 0, text);
    }
    let mut list = Sheet::new("名单");
    for row in 0..4 {
        list.text(row, 0, "某单位负责森林防火。");
        list.text(row, 1, "另一个单位负责林木种苗与草原保护工作。");
    }
    let book = write_xlsx(&Workbook { sheets: vec![prose, list] }).unwrap();
    fs::write(source.join("决算.xlsx"), book).unwrap();
    let ended = run(&source, folder.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let claims = rows(&folder.path().join("extracts/claims.csv"));
    let stated: Vec<&str> = claims.iter().map(|row| row["printed"].as_str()).collect();
    assert_eq!(stated[..4], ["64.20", "64.20", "100.00", "64.20"]);
    let findings = rows(&folder.path().join("extracts/findings.csv"));
    let said: Vec<&str> = findings
        .iter()
        .filter(|row| row["check_id"] == "decode.sheet_of_prose")
        .map(|row| row["where"].as_str())
        .collect();
    assert_eq!(said, ["情况说明"]);
}
