//! Texts set in ways of their own: thousands parted by blanks, labels a quarter turn off, captions at the head of the paper,
//! labels in the middle of columns whose numbers stand at the end.

use crate::drawn::{Drawn, Set, figures, rows};

const LABELS: [&str; 4] = ["科目名称", "本年支出合计", "基本支出", "项目支出"];

/// 支出决算表 of these rows; with rules around each cell, or without any.
fn table(drawn: &mut Drawn, top: f64, body: &[[&str; 4]], is_ruled: bool) {
    for (row, texts) in std::iter::once(&LABELS).chain(body).enumerate() {
        let y = top + 16.0 * row as f64;
        for (column, text) in texts.iter().enumerate() {
            let (left, right) = (40.0 + 110.0 * column as f64, 150.0 + 110.0 * column as f64);
            let (x, set) = if column == 0 { (left + 3.0, Set::Left) } else { (right - 3.0, Set::Right) };
            drawn.text(x, y + 11.0, set, text);
            if is_ruled {
                drawn.frame((left, right), (y, y + 16.0));
            }
        }
    }
}

#[test]
fn blanks_part_the_thousands_of_a_number() {
    let body = [
        ["教育支出", "1 208 500.00", "1 206 000.00", "2 500.00"],
        ["卫生健康支出", "800.00", "-1 200.00", "2 000.00"],
        ["合计", "1 209 300.00", "1 204 800.00", "4 500.00"],
    ];
    for is_ruled in [true, false] {
        let mut drawn = Drawn::default();
        drawn.text(250.0, 40.0, Set::Middle, "支出决算表");
        table(&mut drawn, 60.0, &body, is_ruled);
        let figures: Vec<String> = figures(&drawn.document()).iter().map(|figure| figure.replace(' ', "")).collect();
        assert_eq!(figures.len(), 9, "{figures:?}");
        for figure in ["教育支出本年支出合计1208500.00p1", "卫生健康支出基本支出-1200.00p1", "合计项目支出4500.00p1"]
        {
            assert!(figures.contains(&format!("expenditure{figure}")), "{figures:?}");
        }
    }
}

/// The number of a row and an amount stand apart, however close: no blank is written between them.
#[test]
fn the_number_of_a_row_is_no_part_of_the_amount_beside_it() {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 40.0, Set::Middle, "支出决算表");
    for (row, texts) in [
        ["项目", "行次", "决算数"],
        ["教育支出", "1", "280.00"],
        ["卫生健康支出", "2", "120.50"],
        ["合计", "3", "400.50"],
    ]
    .iter()
    .enumerate()
    {
        let y = 60.0 + 14.0 * row as f64;
        drawn.text(40.0, y, Set::Left, texts[0]);
        drawn.text(150.0, y, Set::Right, texts[1]);
        drawn.text(150.0 + 4.0 + 24.0, y, Set::Right, texts[2]);
    }
    let read = rows(&drawn.document(), 0);
    assert_eq!(read[1..], ["教育支出|1|280.00", "卫生健康支出|2|120.50", "合计|3|400.50"]);
}

#[test]
fn labels_a_quarter_turn_off_head_their_columns() {
    let mut drawn = Drawn::default();
    drawn.text(200.0, 40.0, Set::Middle, "支出决算表");
    let edges = [40.0, 120.0, 150.0, 190.0, 230.0];
    let body = [LABELS, ["教育支出", "8.50", "6.00", "2.50"], ["卫生健康支出", "1.20", "1.00", "0.20"]];
    for (row, texts) in body.iter().enumerate() {
        let (top, bottom) =
            if row == 0 { (60.0, 120.0) } else { (104.0 + 16.0 * row as f64, 120.0 + 16.0 * row as f64) };
        for (column, text) in texts.iter().enumerate() {
            let (left, right) = (edges[column], edges[column + 1]);
            drawn.frame((left, right), (top, bottom));
            match (row, column) {
                (0, 1) => {
                    drawn.upwards(left + 13.0, bottom - 8.0, "本年支");
                    drawn.upwards(left + 23.0, bottom - 8.0, "出合计");
                }
                (0, 2 | 3) => drawn.upwards(left + 20.0, bottom - 8.0, text),
                (_, 0) => drawn.text(left + 3.0, bottom - 5.0, Set::Left, text),
                _ => drawn.text(right - 3.0, bottom - 5.0, Set::Right, text),
            }
        }
    }
    let document = drawn.document();
    assert_eq!(rows(&document, 0)[0], LABELS.join("|"));
    assert_eq!(figures(&document).len(), 6);
}

/// A sheet scaled down stands at the head of its paper: what repeats below the title of each page is no running head.
#[test]
fn captions_below_a_title_of_their_own_are_no_running_head() {
    let mut drawn = Drawn::default();
    for title in ["收入支出决算总表", "支出决算表", "一般公共预算财政拨款支出决算表", "财政拨款“三公”经费支出决算表"]
    {
        drawn.page();
        drawn.text(250.0, 12.0, Set::Left, "某县2024年度部门决算公开");
        drawn.text(250.0, 22.0, Set::Middle, title);
        drawn.text(40.0, 34.0, Set::Left, "部门：云岭县林业局");
        drawn.text(480.0, 34.0, Set::Right, "单位：元");
        table(&mut drawn, 38.0, &[["教育支出", "8.50", "6.00", "2.50"], ["合计", "8.50", "6.00", "2.50"]], true);
    }
    let document = drawn.document();
    let texts: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts.iter().filter(|text| text.ends_with("单位：元")).count(), 4, "{texts:?}");
    assert!(!texts.iter().any(|text| text.starts_with("某县")), "{texts:?}");
}

/// Labels in the middle of their columns, numbers at their ends: the groups above stand over both.
#[test]
fn groups_stand_over_labels_and_the_numbers_beside_them() {
    let mut drawn = Drawn::default();
    drawn.text(290.0, 40.0, Set::Middle, "收入支出决算总表");
    for (left, side) in [(40.0, "收入"), (290.0, "支出")] {
        drawn.text(left + 124.0, 60.0, Set::Middle, side);
        drawn.text(left + 77.0, 76.0, Set::Middle, "项目");
        drawn.text(left + 201.0, 76.0, Set::Middle, "决算数");
    }
    let body = [
        ["一、一般公共预算财政拨款收入", "12668.54", "一、一般公共服务支出", "7675.70"],
        ["二、政府性基金预算财政拨款收入", "", "二、外交支出", ""],
        ["三、国有资本经营预算财政拨款收入", "79.24", "三、住房保障支出", "5072.08"],
        ["总计", "12747.78", "总计", "12747.78"],
    ];
    for (row, texts) in body.iter().enumerate() {
        for (side, pair) in texts.chunks(2).enumerate() {
            let (left, y) = (40.0 + 250.0 * side as f64, 92.0 + 16.0 * row as f64);
            drawn.text(left, y, Set::Left, pair[0]);
            drawn.text(left + 246.0, y, Set::Right, pair[1]);
        }
    }
    let read = rows(&drawn.document(), 0);
    assert_eq!(read[..2], ["收入||支出|", "项目|决算数|项目|决算数"]);
    assert_eq!(figures(&drawn.document()).len(), 6);
}
