//! Text PDF, as office programs print it.

use juesuan::inner::decode::{Document, Limits, decode};
use juesuan::inner::extract::table::Layouts;
use juesuan::inner::project::Project;
use juesuan_corpus::write::{Block, PdfRules, PdfStyle, Position, Sheet, TextDocument, Workbook, write_pdf};

use crate::truth::{disclosures, score};

fn read(bytes: &[u8]) -> Document {
    decode(bytes, "决算.pdf", &Limits::default()).unwrap_or_else(|failure| panic!("{failure}"))
}

fn every_figure_comes_out(style: PdfStyle) {
    let project = Project::built_in();
    let layouts = Layouts::load(&project).unwrap();
    for disclosure in disclosures(12) {
        let bytes = write_pdf(&disclosure.narrative.document, &disclosure.rendered.workbook, style);
        let scored = score(&disclosure, &bytes, "决算.pdf", &project, &layouts);
        assert!(scored.written > 100, "{scored:?}");
        let missed = format!("{style:?} {:?}, {:?}", scored.first_miss, scored.first_extra);
        assert_eq!((scored.right, scored.extra), (scored.written, 0), "{missed}");
    }
}

#[test]
fn ruled_tables_over_pages_come_out_as_they_were_written() {
    every_figure_comes_out(PdfStyle { rows_per_page: 12, ..PdfStyle::default() });
}

#[test]
fn pages_on_their_side_and_codes_of_gbk_are_read() {
    every_figure_comes_out(PdfStyle { turned: true, gbk: true, ..PdfStyle::default() });
}

#[test]
fn three_line_tables_have_their_rows_and_columns() {
    for rows_per_page in [34, 12] {
        every_figure_comes_out(PdfStyle { rules: PdfRules::Three, rows_per_page, ..PdfStyle::default() });
    }
}

#[test]
fn tables_with_a_rule_below_each_row_have_their_columns() {
    for rows_per_page in [34, 12] {
        every_figure_comes_out(PdfStyle { rules: PdfRules::Horizontal, rows_per_page, ..PdfStyle::default() });
    }
}

/// Two sides below their groups, amounts that touch the text behind them, an item without an amount.
#[test]
fn a_table_without_any_rule_has_its_columns_and_groups() {
    let mut sheet = Sheet::new("收入支出决算总表");
    sheet.text(0, 0, "收入支出决算总表");
    sheet.text(1, 0, "单位：万元");
    for (at, side) in ["收入", "支出"].into_iter().enumerate() {
        let first = 2 * at as u32;
        sheet.text(2, first, side);
        sheet.merge(Position::new(2, first), Position::new(2, first + 1));
        sheet.text(3, first, "项目");
        sheet.text(3, first + 1, "决算数");
    }
    let rows = [
        ("一、一般公共预算财政拨款收入", "1,418.91", "一、一般公共服务支出", "8,422.35"),
        ("二、事业收入", "", "二、教育支出", "671.72"),
        ("三、其他收入", "8,895.98", "三、住房保障支出", "2,684.59"),
        ("总计", "10,314.89", "总计", "11,778.66"),
    ];
    for (at, (income, received, item, spent)) in (4..).zip(rows) {
        for (column, text) in (0..).zip([income, received, item, spent]) {
            sheet.text(at, column, text);
        }
    }
    let style = PdfStyle { rules: PdfRules::None, ..PdfStyle::default() };
    let document = read(&write_pdf(&TextDocument::default(), &Workbook { sheets: vec![sheet] }, style));
    let layouts = Layouts::load(&Project::built_in()).unwrap();
    let reading = juesuan::inner::extract::table::read(&document, &layouts, &Default::default());
    let told = |figure: &juesuan::inner::extract::table::RawFigure| {
        format!("{} {} {}", figure.side, figure.row_label, figure.value.printed())
    };
    assert_eq!(
        reading.figures.iter().map(told).collect::<Vec<_>>(),
        [
            "收入 一、一般公共预算财政拨款收入 1,418.91",
            "支出 一、一般公共服务支出 8,422.35",
            "支出 二、教育支出 671.72",
            "收入 三、其他收入 8,895.98",
            "支出 三、住房保障支出 2,684.59",
            "收入 总计 10,314.89",
            "支出 总计 11,778.66",
        ]
    );
}

/// The halves of a two-sided table on pages of their own.
#[test]
fn a_sheet_printed_several_pages_across_is_named() {
    let half = |side: &str, label: &str, wide: &str| {
        let mut sheet = Sheet::new(side);
        sheet.text(0, 0, side);
        sheet.merge(Position::new(0, 0), Position::new(0, 1));
        sheet.text(1, 0, "项目");
        sheet.text(1, 1, "决算数");
        for row in 0..8 {
            sheet.text(row + 2, 0, format!("{label}{row}{wide}"));
            sheet.text(row + 2, 1, "12.00");
        }
        sheet.text(9, 0, format!("事业收入{wide}"));
        sheet
    };
    let layouts = Layouts::load(&Project::built_in()).unwrap();
    let read = |sheets: Vec<Sheet>| {
        let document = read(&write_pdf(&TextDocument::default(), &Workbook { sheets }, PdfStyle::default()));
        let across = document.findings.iter().filter(|finding| finding.check_id == "decode.printed_across").count();
        let figures = juesuan::inner::extract::table::read(&document, &layouts, &Default::default()).figures.len();
        (across, figures)
    };
    let across = read(vec![half("收入", "收入", ""), half("支出", "支出", "的名称")]);
    assert_eq!(across, (1, 0), "named, and no half is taken for the other");
    let alike = read(vec![half("收入", "收入", ""), half("支出", "支出", "")]);
    assert_eq!(alike.0, 0, "two sheets of one form");
}

#[test]
fn files_locked_without_a_password_are_opened_and_others_are_named() {
    for name in ["rc4_40", "rc4_128", "aes_128", "aes_256"] {
        let document = read(&file(&format!("{name}.pdf")));
        assert_eq!(document.lines[0].text, "Total 12.00 of 34.00 in all", "{name}");
    }
    let failure = decode(&file("user_password.pdf"), "决算.pdf", &Limits::default()).unwrap_err();
    assert_eq!(failure.kind(), "encrypted");
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(crate::common::checkout().join("tests/published/files").join(name)).unwrap()
}

#[test]
fn paragraphs_are_joined_over_lines_and_pages_and_know_their_page() {
    let long = "本年支出合计１２３４５６．７８万元，其中基本支出占多数，".repeat(12) + "与上年持平。";
    let paragraphs: Vec<String> = (1..=30).map(|number| format!("{number}、{long}")).collect();
    let blocks = paragraphs.iter().cloned().map(Block::Paragraph).collect();
    let document = read(&write_pdf(&TextDocument { blocks }, &Workbook::default(), PdfStyle::default()));
    let lines: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, paragraphs);
    assert!(document.pages.count > 5);
    assert_eq!(document.pages.of_line(1, 0), Some(1));
    assert_eq!(document.pages.of_line(30, 300), Some(document.pages.count));
    let crosses = |number: u32| document.pages.of_line(number, 0) != document.pages.of_line(number, 330);
    assert!((1..=30).any(crosses), "some paragraph stands on two pages");
}

#[test]
fn a_text_layer_without_characters_is_counted_and_not_guessed() {
    let text = TextDocument { blocks: vec![Block::Paragraph("本年支出合计12.00万元。".to_owned())] };
    let bytes = write_pdf(&text, &Workbook::default(), PdfStyle::default());
    // Identity codes without a table of characters name nothing.
    let hidden = String::from_utf8(bytes).unwrap().replace("/UniGB-UCS2-H", "/Identity-H  ");
    let document = read(hidden.as_bytes());
    assert!(document.lines.iter().all(|line| !line.text.contains('1')));
    let finding = document.findings.iter().find(|finding| finding.check_id == "decode.unnamed_characters").unwrap();
    let said = &finding.message;
    assert!(said.starts_with("19 characters") && said.contains("(page 1)"), "{said}");
}

#[test]
fn a_broken_list_of_places_is_searched_for() {
    let disclosure = &disclosures(1)[0];
    let bytes = write_pdf(&TextDocument::default(), &disclosure.rendered.workbook, PdfStyle::default());
    let whole = read(&bytes);
    let mut broken = bytes;
    let mark = broken.windows(9).rposition(|window| window == b"startxref").unwrap();
    broken[mark + 10] = b'9';
    let mended = read(&broken);
    assert_eq!(mended.lines, whole.lines);
    assert!(!whole.lines.is_empty());
}

#[test]
fn pages_of_pictures_are_named() {
    let picture =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj
4 0 obj<</Length 31>>stream\nq 595 0 0 842 0 0 cm /I Do Q   \nendstream endobj
5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/Length 1>>stream\nx\nendstream endobj\ntrailer<</Root 1 0 R>>";
    let failure = decode(picture, "扫描.pdf", &Limits::default()).unwrap_err();
    assert_eq!((failure.kind(), failure.to_string().contains("pictures")), ("unsupported", true));
}

#[test]
fn endless_drawings_end() {
    let form = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 4 0 R>>>>>>endobj
4 0 obj<</Type/XObject/Subtype/Form/Resources<</XObject<</F 4 0 R>>>>/Length 23>>stream\n/F Do /F Do /F Do /F Do\nendstream endobj
trailer<</Root 1 0 R>>";
    let failure = decode(form, "环.pdf", &Limits::default()).unwrap_err();
    assert_eq!(failure.kind(), "too_large");
}

/// A small, seeded form of the long run in `scripts/mutants.py`.
#[test]
fn damaged_files_end_in_a_result() {
    let disclosure = &disclosures(1)[0];
    let bytes = write_pdf(&disclosure.narrative.document, &disclosure.rendered.workbook, PdfStyle::default());
    let mut state = 5_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let tight = Limits { drawing_steps: 500_000, ..Limits::default() };
    let mut read = 0;
    for _ in 0..60 {
        let mut mutant = bytes.clone();
        for _ in 0..=next(20) {
            let at = next(mutant.len());
            mutant[at] = next(256) as u8;
        }
        mutant.truncate(mutant.len() - next(mutant.len() / 3));
        read += usize::from(decode(&mutant, "a.pdf", &tight).is_ok());
    }
    assert!((1..=60).contains(&read), "{read} of 60 were read");
}
