//! What is printed and not read is told with its page and its count; a document that is wholly read is told nothing of.

use crate::drawn::{Drawn, Set, WIDTH, figures, told};

/// 支出决算表 in a full grid with these labels above its amounts, and one row more.
pub fn expenditure(drawn: &mut Drawn, labels: [&str; 3], row: [&str; 5]) {
    drawn.text(200.0, 40.0, Set::Middle, "支出决算表");
    let header = ["科目编码", "科目名称", labels[0], labels[1], labels[2]];
    let body = [header, ["205", "教育支出", "8.50", "6.00", "2.50"], row];
    for (at, texts) in body.iter().enumerate() {
        let y = 60.0 + 20.0 * at as f64;
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            drawn.text(43.0 + 80.0 * column as f64, y + 13.0, Set::Left, text);
        }
        for column in 0..5 {
            let x = 40.0 + 80.0 * f64::from(column);
            drawn.frame((x, x + 80.0), (y, y + 20.0));
        }
    }
}

pub const KNOWN: [&str; 3] = ["本年支出合计", "基本支出", "项目支出"];
pub const HEALTH: [&str; 5] = ["210", "卫生健康支出", "1.20", "1.20", ""];

fn unread(drawn: &Drawn) -> Vec<String> {
    let mut told = told(&drawn.document());
    told.retain(|finding| finding.starts_with("extract.unread_amounts"));
    told
}

#[test]
fn amounts_that_no_table_reads_are_counted_once_a_page() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, HEALTH);
    assert_eq!(figures(&drawn.document()).len(), 5);
    assert_eq!(unread(&drawn), [] as [String; 0], "it is wholly read");

    let mut drawn = Drawn::default();
    drawn.page();
    drawn.text(60.0, 40.0, Set::Left, "某局2024年度部门决算");
    drawn.page();
    expenditure(&mut drawn, ["甲数", "乙数", "丙数"], HEALTH);
    assert_eq!(figures(&drawn.document()).len(), 0);
    assert_eq!(
        unread(&drawn),
        ["extract.unread_amounts: page 2: 5 amounts stand in columns that no table reads: “8.50”, “6.00”, “2.50”"]
    );
}

/// One row that makes up no table stays a line; a sentence with amounts is read as text.
#[test]
fn amounts_between_wide_gaps_of_a_line_are_counted() {
    let mut drawn = Drawn::default();
    drawn.text(60.0, 40.0, Set::Left, "部门决算收入总计12.50万元，支出总计12.50万元。");
    drawn.text(60.0, 80.0, Set::Left, "其他收入");
    drawn.text(300.0, 80.0, Set::Right, "12.50");
    assert_eq!(
        unread(&drawn),
        ["extract.unread_amounts: page 1: 1 amounts stand in columns that no table reads: “12.50”"]
    );
}

/// An amount where the name belongs: the row lost a cell, and its amounts stand under the labels of others.
#[test]
fn a_row_that_is_shifted_gives_no_figure() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, ["210", "1.20", "0.70", "0.50", ""]);
    assert_eq!(figures(&drawn.document()).len(), 3);
    let told = told(&drawn.document());
    let shifted = "extract.shifted_row: 2 amounts stand in rows that hold an amount where their name belongs, the first in C3: none of them is loaded";
    assert!(told.iter().any(|finding| finding == shifted), "{told:?}");
}

/// Columns whose names stand on another page: amounts of no row are no figures, and told.
#[test]
fn amounts_of_rows_without_a_name_column_are_no_figures() {
    let mut drawn = Drawn::default();
    drawn.text(200.0, 40.0, Set::Middle, "支出决算表");
    for (row, texts) in [KNOWN, ["8.50", "6.00", "2.50"], ["1.20", "1.20", "0.00"]].iter().enumerate() {
        let y = 60.0 + 20.0 * row as f64;
        for (column, text) in texts.iter().enumerate() {
            let x = 40.0 + 80.0 * column as f64;
            drawn.frame((x, x + 80.0), (y, y + 20.0));
            drawn.text(x + 3.0, y + 13.0, Set::Left, text);
        }
    }
    assert_eq!(figures(&drawn.document()), [] as [String; 0]);
    assert_eq!(
        unread(&drawn),
        ["extract.unread_amounts: page 1: 6 amounts stand in columns that no table reads: “8.50”, “6.00”, “2.50”"]
    );
}

/// A few characters beside the paper, or drawn without being shown, are told too; a watermark that leans out of it is not.
#[test]
fn characters_that_no_reader_sees_are_counted() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, HEALTH);
    drawn.leaning(WIDTH - 4.0, 300.0, "内部资料");
    let silent = told(&drawn.document());
    assert!(!silent.iter().any(|finding| finding.starts_with("decode.")), "{silent:?}");
    drawn.text(WIDTH + 10.0, 93.0, Set::Left, "754.33");
    let told = told(&drawn.document());
    let beside = "decode.off_paper: 6 characters stand outside of the paper (page 1): they are not read";
    assert!(told.iter().any(|finding| finding == beside), "{told:?}");
}

/// Rows that cannot be told apart stay in one cell: each of their amounts is counted, whole ones too, and no number of a row.
#[test]
fn amounts_below_each_other_in_one_cell_are_counted_each() {
    let mut drawn = Drawn::default();
    drawn.text(200.0, 40.0, Set::Middle, "支出决算表");
    let columns: [(&str, &[&str]); 4] = [
        ("科目名称", &["教育支出", "卫生健康支出", "住房保障", "支出"]),
        ("本年支出合计", &["8.50", "1", "0.75"]),
        ("基本支出", &["8.50", "0", "0.75"]),
        ("行次", &["1", "2", "3"]),
    ];
    for (at, (label, lines)) in columns.into_iter().enumerate() {
        let (left, right) = (40.0 + 100.0 * at as f64, 140.0 + 100.0 * at as f64);
        drawn.frame((left, right), (60.0, 80.0));
        drawn.frame((left, right), (80.0, 140.0));
        drawn.text(left + 3.0, 73.0, Set::Left, label);
        for (line, text) in lines.iter().enumerate() {
            let step = if at == 0 { 11.0 } else { 14.0 };
            drawn.text(left + 3.0, 94.0 + step * line as f64 + if at == 0 { 2.0 } else { 5.0 }, Set::Left, text);
        }
    }
    assert_eq!(
        unread(&drawn),
        ["extract.unread_amounts: page 1: 6 amounts stand in columns that no table reads: “8.50”, “8.50”"]
    );
}

/// Signatures below a table that part one of its columns make no column of their own, with a row of notes or without.
#[test]
fn a_row_of_signatures_parts_no_column() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, HEALTH);
    for (left, right, text) in [(40.0, 250.0, "填报人：张三"), (250.0, 440.0, "审核人：李四 2024.08.30")] {
        drawn.frame((left, right), (120.0, 140.0));
        drawn.text(left + 3.0, 133.0, Set::Left, text);
    }
    let document = drawn.document();
    assert_eq!(figures(&document).len(), 5, "{:?}", figures(&document));
    assert!(figures(&document).iter().any(|figure| figure == "expenditure  教育支出 本年支出合计 8.50 p1"));
    let told = told(&document);
    assert_eq!(told, ["extract.no_unit: no unit is printed"]);
}

/// Text written onto a page, and the fields of a form: what a reader sees stands where it is seen; remarks do not.
#[test]
fn text_on_top_of_a_page_is_read_where_it_stands() {
    let mut drawn = Drawn::default();
    expenditure(&mut drawn, KNOWN, ["210", "卫生健康支出", "1.20", "", ""]);
    drawn.note(283.0, 113.0, "FreeText", 4, "0.70");
    drawn.note(363.0, 113.0, "Widget", 4, "0.50");
    drawn.note(60.0, 200.0, "Text", 4, "复核");
    drawn.note(60.0, 230.0, "FreeText", 2, "隐藏");
    let figures = figures(&drawn.document());
    assert_eq!(figures.len(), 6, "{figures:?}");
    for end in ["基本支出 0.70 p1", "项目支出 0.50 p1"] {
        assert!(figures.iter().any(|figure| figure.ends_with(end)), "{figures:?}");
    }
    let lines: Vec<String> = drawn.document().lines.into_iter().map(|line| line.text).collect();
    assert!(!lines.iter().any(|line| line.contains("复核") || line.contains("隐藏")), "{lines:?}");
}
