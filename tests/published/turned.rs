//! What runs in another direction than the text of its page: tables are read where they stand, amounts elsewhere are told.

use std::io::{Cursor, Write};

use juesuan::inner::decode::{Limits, decode};

use crate::drawn::{Drawn, Set, figures, rows, told};
use crate::lost::{HEALTH, KNOWN, expenditure};
use crate::one_file::{OneFile, value};

/// How pages turn what is drawn: upwards, downwards, upside down.
const TURNS: [[f64; 6]; 3] =
    [[0.0, 1.0, -1.0, 0.0, 1155.0, 60.0], [0.0, -1.0, 1.0, 0.0, 200.0, 560.0], [-1.0, 0.0, 0.0, -1.0, 842.0, 700.0]];

const FIGURES: [&str; 5] = [
    "expenditure  教育支出 本年支出合计 8.50 p1",
    "expenditure  教育支出 基本支出 6.00 p1",
    "expenditure  教育支出 项目支出 2.50 p1",
    "expenditure  卫生健康支出 本年支出合计 1.20 p1",
    "expenditure  卫生健康支出 基本支出 1.20 p1",
];

/// Lines of text, so that the page is upright.
fn prose(drawn: &mut Drawn, from: f64) {
    for line in 0..8 {
        let text = "本部门认真落实过紧日子要求，严格控制一般性支出，加强预算执行管理";
        drawn.text(60.0, from + 14.0 * f64::from(line), Set::Left, text);
    }
}

fn turned_amounts(drawn: &Drawn) -> Vec<String> {
    let mut told = told(&drawn.document());
    told.retain(|finding| finding.starts_with("decode.turned_amounts"));
    told
}

/// With its rules, and with three rules across and none down.
#[test]
fn a_table_on_its_side_is_read_on_an_upright_page() {
    for turn in TURNS {
        for is_ruled in [true, false] {
            let mut drawn = Drawn::default();
            prose(&mut drawn, 40.0);
            prose(&mut drawn, 200.0);
            drawn.turned(turn, |drawn| match is_ruled {
                true => expenditure(drawn, KNOWN, HEALTH),
                false => three_rules(drawn),
            });
            let document = drawn.document();
            assert_eq!(figures(&document), FIGURES, "{turn:?} {:?}", document.lines);
            let told = told(&document);
            assert!(!told.iter().any(|finding| finding.contains("amounts")), "{told:?}");
            let texts: String = document.lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(texts.matches("本部门认真落实").count(), 16, "{texts}");
        }
    }
}

fn three_rules(drawn: &mut Drawn) {
    drawn.text(200.0, 40.0, Set::Middle, "支出决算表");
    let body = [
        ["科目名称", KNOWN[0], KNOWN[1], KNOWN[2]],
        ["教育支出", "8.50", "6.00", "2.50"],
        ["卫生健康支出", "1.20", "1.20", ""],
    ];
    for y in [60.0, 80.0, 120.0] {
        drawn.rule((40.0, y), (440.0, y));
    }
    for (at, texts) in body.iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            drawn.text(43.0 + 100.0 * column as f64, 73.0 + 20.0 * at as f64, Set::Left, text);
        }
    }
}

/// The page is on its side where most of its text is; a table that is not is read like one on its side.
#[test]
fn an_upright_table_is_read_on_a_page_on_its_side() {
    let mut drawn = Drawn::default();
    drawn.turned([0.0, 1.0, -1.0, 0.0, 900.0, 0.0], |drawn| {
        prose(drawn, 40.0);
        prose(drawn, 200.0);
    });
    expenditure(&mut drawn, KNOWN, HEALTH);
    assert_eq!(figures(&drawn.document()), FIGURES);
}

/// Two pages of one table on its side are one; its boxes stand on the page as printed.
#[test]
fn cells_of_a_table_on_its_side_stand_where_they_are_printed() {
    let mut drawn = Drawn::default();
    prose(&mut drawn, 40.0);
    prose(&mut drawn, 200.0);
    drawn.turned(TURNS[0], |drawn| expenditure(drawn, KNOWN, HEALTH));
    let document = drawn.document();
    assert_eq!(rows(&document, 0)[1], "205|教育支出|8.50|6.00|2.50");
    let boxes: Vec<String> = document.pages.cells[0].iter().map(|(_, printed)| printed.area.to_string()).collect();
    // 科目编码 from 40 to 120 along its line, from 60 to 80 below its title.
    assert_eq!(boxes[0], "620.0,415.0,640.0,495.0");

    let read = OneFile::read("pdf", &drawn.bytes());
    let figures = read.extract("figures");
    let values: Vec<(String, &str)> = figures.iter().map(|row| (value(row), row["page"].as_str())).collect();
    let expected = ["8.50", "6.00", "2.50", "1.20", "1.20"].map(|value| (value.to_owned(), "1"));
    assert_eq!(values, expected);
}

#[test]
fn amounts_that_run_otherwise_beside_the_text_are_told() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, HEALTH);
    drawn.upwards(20.0, 300.0, "第3页 — 12 —");
    drawn.upwards(800.0, 500.0, "某局2024年度部门决算 2024.12.31 2024.8");
    drawn.leaning(300.0, 400.0, "内部资料210");
    assert_eq!(turned_amounts(&drawn), [] as [String; 0]);
    assert_eq!(figures(&drawn.document()), FIGURES);

    drawn.upwards(700.0, 300.0, "本年收入合计3,080.18万元，其中财政拨款12.50");
    drawn.leaning(600.0, 400.0, "754.33");
    assert_eq!(figures(&drawn.document()), FIGURES);
    let expected = "decode.turned_amounts: page 1: 3 amounts stand in text that runs in another direction than the page, and in no table: “3,080.18”, “12.50”, “754.33”";
    assert_eq!(turned_amounts(&drawn), [expected]);

    let read = OneFile::read("pdf", &drawn.bytes());
    let findings = read.extract("findings");
    let turned: Vec<&str> = findings
        .iter()
        .filter(|row| row["check_id"] == "decode.turned_amounts")
        .map(|row| row["message"].as_str())
        .collect();
    assert_eq!(turned.len(), 1, "{findings:?}");
    assert!(turned[0].contains("3,080.18"), "{turned:?}");
}

/// A cell that is read holds one direction: an amount that runs otherwise in it is told.
#[test]
fn an_amount_across_the_text_of_a_cell_is_told() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, HEALTH);
    drawn.upwards(235.0, 99.0, "7.7");
    let expected = "decode.turned_amounts: page 1: 1 amounts stand in text that runs in another direction than the page, and in no table: “7.7”";
    assert_eq!(turned_amounts(&drawn), [expected]);
}

/// The same table on an upright page of an OFD, in millimetres; each text and rule is turned by its own matrix.
#[test]
fn a_table_on_its_side_is_read_on_an_upright_page_of_an_ofd() {
    let mut objects = String::new();
    for line in 0..8 {
        let y = 20 + 6 * line;
        objects.push_str(&text_object(
            "1 0 0 1 0 0",
            20,
            y,
            "本部门认真落实过紧日子要求，严格控制一般性支出，加强管理",
        ));
    }
    // Upwards from the lower left: x of the table runs up the page.
    let turned = "0 -1 1 0 60 270";
    objects.push_str(&text_object(turned, 50, 0, "支出决算表"));
    let body = [
        ["科目编码", "科目名称", KNOWN[0], KNOWN[1], KNOWN[2]],
        ["205", "教育支出", "8.50", "6.00", "2.50"],
        ["210", "卫生健康支出", "1.20", "1.20", ""],
    ];
    for (at, texts) in body.iter().enumerate() {
        let y = 5 + 8 * at as i32;
        for (column, text) in texts.iter().enumerate() {
            let x = 30 * column as i32;
            objects.push_str(&text_object(turned, x + 1, y + 5, text));
            let data = format!("M {x} {y} L {} {y} L {} {} L {x} {} C", x + 30, x + 30, y + 8, y + 8);
            objects.push_str(&format!(
                "<PathObject Boundary=\"0 0 210 297\" CTM=\"{turned}\"><AbbreviatedData>{data}</AbbreviatedData></PathObject>"
            ));
        }
    }
    let page = format!("<Page><Content><Layer>{objects}</Layer></Content></Page>");
    let document = decode(&ofd(&page), "决算.ofd", &Limits::default()).unwrap();
    assert_eq!(figures(&document), FIGURES);
}

fn text_object(matrix: &str, x: i32, y: i32, text: &str) -> String {
    format!(
        "<TextObject Boundary=\"0 0 210 297\" CTM=\"{matrix}\" Size=\"3\"><TextCode X=\"{x}\" Y=\"{y}\">{text}</TextCode></TextObject>"
    )
}

fn ofd(page: &str) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let document = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page ID=\"1\" BaseLoc=\"Page.xml\"/></Pages></Document>";
    for (name, text) in [
        ("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"),
        ("Doc_0/Document.xml", document),
        ("Doc_0/Page.xml", page),
    ] {
        package.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        package.write_all(text.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}
