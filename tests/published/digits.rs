//! Numbers of full width (１，２０８．５０) through the program, whatever form they are published in.

use std::collections::BTreeMap;

use juesuan_corpus::write::{Sheet, Workbook, write_xlsx};

use crate::drawn::{Drawn, Set, width};
use crate::one_file::{OneFile, value};

const TITLE: &str = "支出决算表";
const BODY: [[&str; 5]; 5] = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["２０５", "教育支出", "１，２０８．５０", "１，２０６．００", "２．５０"],
    ["２０５０１", "教育管理事务", "１，２０８．５０", "１，２０６．００", "２．５０"],
    ["２１０", "卫生健康支出", "１．２０", "－１．２０", "２．４０"],
    ["", "合计", "１，２０９．７０", "１，２０４．８０", "４．９０"],
];
const TEXT: &str = "本年支出合计１，２０９．７０万元，其中：基本支出１，２０４．８０万元，占９９．６０％；项目支出４．９０万元，占０．４０％。";

/// The table and the sentence in the form of this ending.
fn written(form: &str) -> Vec<u8> {
    let lines = |between: &str| BODY.map(|row| row.map(|cell| if cell.is_empty() { "　" } else { cell }).join(between));
    match form {
        "txt" => {
            format!("青河县水务局２０２３年度部门决算\n{TEXT}\n\n{TITLE}\n单位：万元\n{}\n", lines("  ").join("\n"))
                .into_bytes()
        }
        "md" => {
            let rows = BODY.map(|row| format!("|{}|", row.join("|")));
            let (header, rows) = (&rows[0], rows[1..].join("\n"));
            format!(
                "青河县水务局２０２３年度部门决算\n\n{TEXT}\n\n{TITLE}\n\n单位：万元\n\n{header}\n|-|-|-|-|-|\n{rows}\n"
            )
            .into_bytes()
        }
        "html" => {
            let rows = BODY.map(|row| format!("<tr>{}</tr>", row.map(|cell| format!("<td>{cell}</td>")).concat()));
            let table = rows.concat();
            format!(
                "<meta charset=utf-8><h1>青河县水务局２０２３年度部门决算</h1><p>{TEXT}</p><p>{TITLE}</p><p>单位：万元</p><table>{table}</table>"
            )
            .into_bytes()
        }
        "docx" => docx(),
        "xlsx" => {
            let mut sheet = Sheet::new(TITLE);
            sheet.text(0, 0, TITLE);
            sheet.text(1, 0, "部门：青河县水务局");
            sheet.text(1, 4, "单位：万元");
            for (row, texts) in (2..).zip(BODY) {
                for (column, text) in (0..).zip(texts) {
                    sheet.text(row, column, text);
                }
            }
            write_xlsx(&Workbook { sheets: vec![sheet] }).unwrap()
        }
        _ => pdf(form == "pdf"),
    }
}

fn docx() -> Vec<u8> {
    use std::io::Write as _;
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cells = |row: [&str; 5]| row.map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).concat();
    let table = BODY.map(|row| format!("<w:tr>{}</w:tr>", cells(row))).concat();
    let above = ["青河县水务局２０２３年度部门决算", TEXT, TITLE, "单位：万元"].map(paragraph).concat();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{above}<w:tbl>{table}</w:tbl></w:body></w:document>"
    );
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

/// With a frame around each cell, or without a rule.
fn pdf(is_ruled: bool) -> Vec<u8> {
    let mut drawn = Drawn::default();
    drawn.text(40.0, 40.0, Set::Left, "青河县水务局２０２３年度部门决算");
    drawn.text(40.0, 60.0, Set::Left, TEXT);
    drawn.text(300.0, 100.0, Set::Middle, TITLE);
    drawn.text(40.0, 120.0, Set::Left, "部门：青河县水务局");
    drawn.text(560.0, 120.0, Set::Right, "单位：万元");
    let edges = [40.0, 120.0, 240.0, 360.0, 460.0, 560.0];
    for (row, texts) in BODY.iter().enumerate() {
        let y = 130.0 + 18.0 * row as f64;
        for (column, text) in texts.iter().enumerate() {
            let (left, right) = (edges[column], edges[column + 1]);
            let x = if row == 0 || column > 1 { right - 3.0 - width(text) } else { left + 3.0 };
            drawn.text(x, y + 12.0, Set::Left, text);
            if is_ruled {
                drawn.frame((left, right), (y, y + 18.0));
            }
        }
    }
    drawn.bytes()
}

#[test]
fn digits_of_full_width_are_read_in_every_form() {
    for form in ["txt", "md", "html", "docx", "xlsx", "pdf", "open.pdf"] {
        let file = OneFile::read(form, &written(form));
        let shown = |row: &BTreeMap<String, String>| {
            format!("{} {} {} {} {}", row["code"], row["row_label"], row["header_path"], value(row), row["unit"])
        };
        let figures: Vec<String> = file.extract("figures").iter().map(shown).collect();
        assert_eq!(figures.len(), 12, "{form}: {figures:#?}");
        for figure in [
            "205 教育支出 本年支出合计 1208.50 万元",
            "20501 教育管理事务 项目支出 2.50 万元",
            "210 卫生健康支出 基本支出 -1.20 万元",
            " 合计 基本支出 1204.80 万元",
        ] {
            assert!(figures.iter().any(|read| read == figure), "{form} lacks {figure}: {figures:#?}");
        }
        if form == "xlsx" {
            continue;
        }
        let shown = |row: &BTreeMap<String, String>| format!("{} {} {}", row["item"], value(row), row["unit"]);
        let claims: Vec<String> = file.extract("claims").iter().map(shown).collect();
        assert_eq!(
            claims,
            [
                "本年支出合计 1209.70 万元",
                "基本支出 1204.80 万元",
                "基本支出 99.60 %",
                "项目支出 4.90 万元",
                "项目支出 0.40 %"
            ],
            "{form}"
        );
    }
}
