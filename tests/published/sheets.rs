//! Sheets wider and longer than the paper, as spreadsheet programs print them: a page for each part, in either order.

use crate::drawn::{Drawn, Set, figures, rows, told, width};

/// Where the tables of all parts begin.
const LEFT: f64 = 40.0;
const TOP: f64 = 100.0;
const HIGH: f64 = 15.0;

/// A part of a sheet: cells of these widths with borders. `<` goes on with the cell on its left, in the first column with
/// that of the page before; `>` at the end of a row goes on with the next page.
fn part(drawn: &mut Drawn, widths: &[f64], body: &[Vec<&str>]) {
    for (row, texts) in body.iter().enumerate() {
        let y = TOP + HIGH * row as f64;
        let mut x = LEFT;
        let mut column = 0;
        while column < widths.len() {
            let merged = 1 + texts[column + 1..widths.len()].iter().take_while(|text| **text == "<").count();
            let next = x + widths[column..column + merged].iter().sum::<f64>();
            drawn.borders((x, next), (y, y + HIGH));
            if !(column == 0 && texts[0] == "<") {
                drawn.rule((x, y), (x, y + HIGH));
            }
            if !(column + merged == widths.len() && texts.last() == Some(&">")) {
                drawn.rule((next, y), (next, y + HIGH));
            }
            if !matches!(texts[column], "" | "<") {
                drawn.text(x + 3.0, y + 11.0, Set::Left, texts[column]);
            }
            (x, column) = (next, column + merged);
        }
    }
}

/// The part of a title that stands between two edges of a sheet, on a page that begins at the first.
fn title_between(drawn: &mut Drawn, title: &str, middle: f64, (from, to): (f64, f64)) {
    let mut x = middle - width(title) / 2.0;
    for letter in title.chars().map(String::from) {
        if from <= x && x < to {
            drawn.text(LEFT + x - from, 60.0, Set::Left, &letter);
        }
        x += width(&letter);
    }
}

const SIDES: [[&str; 4]; 7] = [
    ["收入", "<", "支出", "<"],
    ["项目", "决算数", "项目", "决算数"],
    ["一、事业收入", "12.50", "一、教育支出", "20.25"],
    ["二、经营收入", "", "二、卫生健康支出", "5.75"],
    ["三、其他收入", "17.75", "三、住房保障支出", "4.25"],
    ["本年收入合计", "30.25", "本年支出合计", "30.25"],
    ["总计", "30.25", "总计", "30.25"],
];

/// The halves of a two-sided table on two pages, below `title` over both or below one each.
fn halves(title: Option<&str>, own: [&str; 2]) -> Drawn {
    let mut drawn = Drawn::default();
    for (at, own) in own.into_iter().enumerate() {
        drawn.page();
        if let Some(title) = title {
            let from = 200.0 * at as f64;
            title_between(&mut drawn, title, 200.0, (from, from + 200.0));
        }
        drawn.text(LEFT + 100.0, 60.0, Set::Middle, own);
        let (x, set, text) = if at == 0 {
            (LEFT, Set::Left, "部门：云岭县林业局")
        } else {
            (LEFT + 200.0, Set::Right, "单位：万元")
        };
        drawn.text(x, 85.0, set, text);
        let half: Vec<Vec<&str>> = SIDES.iter().map(|row| row[2 * at..2 * at + 2].to_vec()).collect();
        part(&mut drawn, &[120.0, 80.0], &half);
    }
    drawn
}

/// Both halves name their own rows: the title, cut by the edge of the paper and centred over both, says that they are one.
#[test]
fn halves_below_one_title_are_one_table() {
    let document = halves(Some("收入支出决算总表"), ["", ""]).document();
    assert_eq!(document.grids.len(), 1);
    assert_eq!(rows(&document, 0)[2], "一、事业收入|12.50|一、教育支出|20.25");
    let texts: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
    assert!(texts.contains(&"收入支出决算总表") && texts.contains(&"部门：云岭县林业局\t单位：万元"), "{texts:?}");
    let figures = figures(&document);
    assert_eq!(figures.len(), 9, "{figures:?}");
    assert!(figures.contains(&"income_expenditure_summary 支出 三、住房保障支出 支出 > 决算数 4.25 p2".to_owned()));
    assert!(document.findings.is_empty(), "{:?}", document.findings);
}

/// Two sheets with a title over each stay two, though their rows stand at the same heights.
#[test]
fn tables_below_titles_of_their_own_stay_apart() {
    let document = halves(None, ["收入决算总表", "支出决算总表"]).document();
    assert_eq!(document.grids.len(), 2);
}

/// The rows of 收入决算表; its header has three levels on the first page and two on the second.
const FIRST: [[&str; 3]; 8] = [
    ["项目", "<", "本年收入合计"],
    ["科目编码", "科目名称", ""],
    ["", "合计", "39.50"],
    ["205", "教育支出", "20.25"],
    ["20502", "普通教育", "10.25"],
    ["2050202", "小学教育", "10.25"],
    ["221", "住房保障支出", "19.25"],
    ["2210201", "住房公积金", "19.25"],
];
const SECOND: [[&str; 2]; 8] = [
    ["财政拨款收入", "其他收入"],
    ["", ""],
    ["39.00", "0.50"],
    ["20.00", "0.25"],
    ["10.00", "0.25"],
    ["10.00", "0.25"],
    ["19.00", "0.25"],
    ["19.00", "0.25"],
];

/// The second page names no row. Its header is one level high, the first page's two; its only title stands off its middle.
#[test]
fn a_page_of_amounts_alone_belongs_to_the_rows_before() {
    let mut drawn = Drawn::default();
    drawn.text(LEFT, 85.0, Set::Left, "部门：云岭县林业局");
    part(&mut drawn, &[60.0, 120.0, 80.0], &FIRST.map(|row| row.to_vec()));
    drawn.page();
    drawn.text(LEFT + 10.0, 60.0, Set::Left, "收入决算表");
    drawn.text(LEFT + 160.0, 85.0, Set::Right, "单位：万元");
    // The labels are as high as both rows of the header before.
    for (column, label) in SECOND[0].iter().enumerate() {
        let x = LEFT + 80.0 * column as f64;
        drawn.frame((x, x + 80.0), (TOP, TOP + 2.0 * HIGH));
        drawn.text(x + 3.0, TOP + 18.0, Set::Left, label);
        for (row, texts) in SECOND.iter().enumerate().skip(2) {
            let y = TOP + HIGH * row as f64;
            drawn.frame((x, x + 80.0), (y, y + HIGH));
            drawn.text(x + 3.0, y + 11.0, Set::Left, texts[column]);
        }
    }
    let figures = figures(&drawn.document());
    assert_eq!(figures.len(), 18, "{figures:?}");
    assert!(figures.contains(&"income  小学教育 财政拨款收入 10.00 p2".to_owned()), "{figures:?}");
}

/// Neither page of 三公 names a row: a label that runs over the edge on both, where no border is drawn, says that they are one.
#[test]
fn a_label_over_the_edge_makes_two_pages_one() {
    let pages = |open: bool| {
        let end = if open { ">" } else { "" };
        let mut drawn = Drawn::default();
        drawn.text(LEFT, 85.0, Set::Left, "部门：云岭县林业局");
        let first = [
            vec!["合计", "因公出国（境）费", "公务用车购置及运", end],
            vec!["", "", "小计", ""],
            vec!["9.00", "1.00", "7.00", ""],
        ];
        part(&mut drawn, &[60.0, 100.0, 80.0], &first);
        drawn.page();
        drawn.text(LEFT, 60.0, Set::Left, "财政拨款“三公”经费支出决算表");
        drawn.text(LEFT + 240.0, 85.0, Set::Right, "单位：万元");
        let second = [
            vec![if open { "<" } else { "行维护费" }, "<", "公务接待费"],
            vec!["购置费", "运行费", ""],
            vec!["3.00", "4.00", "1.00"],
        ];
        part(&mut drawn, &[80.0, 80.0, 80.0], &second);
        if open {
            drawn.text(LEFT, TOP + 11.0, Set::Left, "行维护费");
        }
        (drawn.document().grids.len(), figures(&drawn.document()))
    };
    let (grids, figures) = pages(true);
    assert_eq!(grids, 1);
    assert!(
        figures.contains(&"three_public  运行费 公务用车购置及运行维护费 > 运行费 4.00 p2".to_owned()),
        "{figures:?}"
    );
    assert_eq!(figures.len(), 6);
    assert_eq!(pages(false).0, 2, "nothing says so");
}

/// The names stand on both pages, and labels over columns of both on one: their borders are open at the edge of the paper.
#[test]
fn a_label_is_that_of_its_columns_on_both_pages() {
    let names =
        [["205", "教育支出"], ["20501", "管理事务"], ["20502", "普通教育"], ["2050202", "小学教育"], ["221", "住房"]];
    let pages = |end: &'static str| {
        let mut drawn = Drawn::default();
        drawn.text(LEFT + 60.0, 60.0, Set::Left, "支出决算表");
        let page = |labels: [[&'static str; 3]; 2], end: &'static str, amounts: [&'static str; 2]| {
            let mut body = vec![
                vec!["", "", labels[0][0], labels[0][1], end],
                vec!["科目编码", "科目名称", labels[1][0], labels[1][1], ""],
            ];
            body.extend(names.map(|[code, name]| vec![code, name, amounts[0], amounts[1], ""]));
            body
        };
        let widths = [60.0, 90.0, 80.0, 80.0];
        part(&mut drawn, &widths, &page([["", "基本支出", ""], ["本年支出合计", "小计", ""]], end, ["9.00", "6.00"]));
        drawn.page();
        part(&mut drawn, &widths, &page([["", "", ""], ["公用经费", "项目支出", ""]], "", ["4.00", "3.00"]));
        let document = drawn.document();
        assert_eq!(document.grids.len(), 1, "{end}");
        let grid = &document.grids[0];
        grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect::<Vec<_>>()
    };
    assert_eq!(pages(">"), ["D1:E1"]);
    assert_eq!(pages(""), [] as [&str; 0]);
}

/// The pages of a sheet of two by two parts: name and two amounts, then two amounts more; the rows go on below.
fn four(down_first: bool) -> Drawn {
    let upper =
        [["205", "教育支出"], ["20501", "管理事务"], ["20502", "普通教育"], ["2050202", "小学教育"], ["221", "住房"]];
    let lower =
        [["22102", "住房改革"], ["2210201", "公积金"], ["2210203", "购房补贴"], ["229", "其他支出"], ["", "合计"]];
    let amounts = |row: usize, column: usize| format!("{row}.{column}0");
    let mut drawn = Drawn::default();
    let mut page = |right: bool, below: bool| {
        drawn.page();
        let first = if below { 5 } else { 0 };
        let names = if below { lower } else { upper };
        let texts: Vec<Vec<String>> = (0..5)
            .map(|row| {
                let at = first + row;
                match right {
                    false => vec![names[row][0].into(), names[row][1].into(), amounts(at, 1), amounts(at, 2)],
                    true => vec![amounts(at, 3), amounts(at, 4)],
                }
            })
            .collect();
        let mut body: Vec<Vec<&str>> = texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        if !below {
            let header = [&["科目编码", "科目名称", "本年支出合计", "基本支出"][..], &["项目支出", "经营支出"][..]];
            body.insert(0, header[usize::from(right)].to_vec());
            if !right {
                drawn.text(LEFT, 60.0, Set::Left, "支出决算表");
            }
        }
        let widths: &[f64] = if right { &[80.0, 80.0] } else { &[80.0, 80.0, 80.0, 80.0] };
        part(&mut drawn, widths, &body);
    };
    for (right, below) in [(false, false), (!down_first, down_first), (down_first, !down_first), (true, true)] {
        page(right, below);
    }
    drawn
}

#[test]
fn a_sheet_down_and_across_is_one_table_in_either_order() {
    for down_first in [true, false] {
        let document = four(down_first).document();
        assert_eq!(document.grids.len(), 1, "down first: {down_first}");
        let figures = figures(&document);
        assert_eq!(figures.len(), 40, "{figures:?}");
        let page = if down_first { 2 } else { 3 };
        assert!(figures.contains(&format!("expenditure  公积金 基本支出 6.20 p{page}")), "{figures:?}");
        assert!(figures.contains(&"expenditure  公积金 经营支出 6.40 p4".to_owned()), "{figures:?}");
    }
}

/// Halves that nothing joins are named, with their amounts.
#[test]
fn parts_that_nothing_joins_are_named_with_their_amounts() {
    let mut drawn = Drawn::default();
    part(&mut drawn, &[120.0, 80.0], &SIDES.map(|row| row[..2].to_vec()));
    drawn.page();
    part(&mut drawn, &[120.0, 100.0], &SIDES.map(|row| row[2..].to_vec()));
    let named =
        "decode.printed_across: 1 pages hold the rows of the page before under other columns (page 2), 5 amounts:";
    let told = told(&drawn.document());
    assert!(told.iter().any(|finding| finding.starts_with(named)), "{told:?}");
}

/// Tables of the same rows on pages that follow each other, each below a title of its own: neither is named as a part of the other.
#[test]
fn tables_with_a_title_each_are_no_sheet_printed_across() {
    let mut drawn = Drawn::default();
    let names = ["教育支出", "普通教育", "小学教育", "卫生健康支出", "行政单位医疗", "住房保障支出", "住房公积金"];
    for (title, labels) in [
        ("收入决算表", &["本年收入合计", "财政拨款收入", "其他收入"][..]),
        ("支出决算表", &["本年支出合计", "基本支出", "项目支出", "经营支出"]),
    ] {
        drawn.page();
        let widths: Vec<f64> = std::iter::once(120.0).chain(labels.iter().map(|_| 90.0)).collect();
        drawn.text(LEFT + widths.iter().sum::<f64>() / 2.0, 60.0, Set::Middle, title);
        let header: Vec<&str> = std::iter::once("项目").chain(labels.iter().copied()).collect();
        let rows = names.iter().map(|name| std::iter::once(*name).chain(labels.iter().map(|_| "1.25")).collect());
        let body: Vec<Vec<&str>> = std::iter::once(header).chain(rows).collect();
        part(&mut drawn, &widths, &body);
    }
    let document = drawn.document();
    assert_eq!(figures(&document).len(), 49);
    assert!(document.findings.is_empty(), "{:?}", document.findings);
}
