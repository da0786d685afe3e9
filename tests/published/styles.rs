//! Tables as other producers print them: labels around their numbers, headers above the first rule, rows alone on a page,
//! borders drawn cell by cell, sheets across pages, tables side by side.

use crate::drawn::{Drawn, SIZE, Set, WIDTH, figures, rows, width};

/// Labels of several lines on both sides stand evenly around their number; a note below begins where labels do.
#[test]
fn labels_of_several_lines_stand_on_both_sides_of_their_number() {
    let mut drawn = Drawn::default();
    drawn.text(180.0, 40.0, Set::Middle, "收入支出决算总表");
    drawn.text(30.0, 60.0, Set::Left, "部门：云岭县林业局");
    for (middle, label) in [(95.0, "收入"), (230.0, "支出")] {
        drawn.text(middle, 80.0, Set::Middle, label);
    }
    for (middle, label) in [(75.0, "项目"), (140.0, "决算数"), (205.0, "项目"), (275.0, "决算数")] {
        drawn.text(middle, 100.0, Set::Middle, label);
    }
    let body: [(&[&str], &str, &[&str], &str); 4] = [
        (&["一、一般公共预算财政", "拨款收入"], "2,481.15", &["一、一般公共服务支出"], "1,102.47"),
        (&["二、政府性基金预算财", "政拨款收入"], "", &["二、社会保障和就业支", "出"], "905.20"),
        (&["三、事业收入"], "96.03", &["三、住房保障支出"], "569.51"),
        (&["总计"], "2,577.18", &["总计"], "2,577.18"),
    ];
    for (at, (income, received, item, spent)) in body.into_iter().enumerate() {
        let y = 126.0 + 26.0 * at as f64;
        drawn.lines(35.0, y, Set::Left, income);
        drawn.text(155.0, y, Set::Right, received);
        drawn.lines(165.0, y, Set::Left, item);
        drawn.text(290.0, y, Set::Right, spent);
    }
    drawn.text(35.0, 224.0, Set::Left, "注：本表反映部门本年度的总收支。");
    let document = drawn.document();
    assert_eq!(
        rows(&document, 0),
        [
            "收入||支出|",
            "项目|决算数|项目|决算数",
            "一、一般公共预算财政拨款收入|2,481.15|一、一般公共服务支出|1,102.47",
            "二、政府性基金预算财政拨款收入||二、社会保障和就业支出|905.20",
            "三、事业收入|96.03|三、住房保障支出|569.51",
            "总计|2,577.18|总计|2,577.18",
        ]
    );
    assert!(document.lines.iter().any(|line| line.text.starts_with("注：") && line.cell.is_none()), "no row of it");
}

/// Rules below the rows only: the first row of the header stands above them all. `frames` draws one more above the header.
fn below_rows_only(frames: bool) -> Vec<String> {
    let mut drawn = Drawn::default();
    drawn.text(240.0, 40.0, Set::Middle, "收入支出决算总表");
    drawn.text(40.0, 58.0, Set::Left, "编制单位");
    drawn.text(440.0, 58.0, Set::Right, "单位 万元");
    let columns = [(40.0, 140.0), (140.0, 240.0), (240.0, 340.0), (340.0, 440.0)];
    drawn.text(140.0, 75.0, Set::Middle, "收入");
    drawn.text(340.0, 75.0, Set::Middle, "支出");
    if frames {
        drawn.rule((40.0, 62.0), (440.0, 62.0));
    }
    let labels = ["项目", "决算数", "项目", "决算数"];
    columns.iter().zip(labels).for_each(|((left, right), label)| {
        drawn.text((left + right) / 2.0, 95.0, Set::Middle, label);
    });
    let body =
        [["事业收入", "12.50", "教育支出", "30.25"], ["其他收入", "17.75", "", ""], ["总计", "30.25", "总计", "30.25"]];
    for line in 0..5 {
        let y = 80.0 + 20.0 * f64::from(line);
        drawn.rule((40.0, y), (440.0, y));
    }
    for (at, row) in body.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            let (x, set) = if column % 2 == 0 {
                (columns[column].0 + 3.0, Set::Left)
            } else {
                (columns[column].1 - 3.0, Set::Right)
            };
            drawn.text(x, 115.0 + 20.0 * at as f64, set, text);
        }
    }
    rows(&drawn.document(), 0)
}

#[test]
fn the_header_may_stand_above_the_first_rule() {
    let expected = [
        "收入||支出|",
        "项目|决算数|项目|决算数",
        "事业收入|12.50|教育支出|30.25",
        "其他收入|17.75||",
        "总计|30.25|总计|30.25",
    ];
    assert_eq!(below_rows_only(false), expected);
    assert_eq!(below_rows_only(true), expected, "whose table it is and its unit are no header");
}

/// Code, name and three amounts a row, without a rule; the second page holds one row below the header.
fn last_row_alone(header: [&str; 5]) -> Vec<Vec<String>> {
    let mut drawn = Drawn::default();
    let columns = [40.0, 110.0, 300.0, 400.0, 500.0];
    let head = |drawn: &mut Drawn, labels: [&str; 5]| {
        drawn.text(250.0, 40.0, Set::Middle, "支出决算表");
        for (at, label) in labels.iter().enumerate() {
            let (x, set) = if at < 2 { (columns[at] + 15.0, Set::Middle) } else { (columns[at] - 20.0, Set::Middle) };
            drawn.text(x, 70.0, set, label);
        }
        for (at, x) in columns[2..].iter().enumerate() {
            drawn.text(x - 20.0, 90.0, Set::Middle, &(at + 1).to_string());
        }
    };
    let row = |drawn: &mut Drawn, y: f64, texts: [&str; 5]| {
        for (at, text) in texts.iter().enumerate() {
            drawn.text(columns[at], y, if at < 2 { Set::Left } else { Set::Right }, text);
        }
    };
    let labels = ["编码", "科目名称", "本年支出合计", "基本支出", "项目支出"];
    head(&mut drawn, labels);
    row(&mut drawn, 110.0, ["", "合计", "90.00", "50.00", "40.00"]);
    row(&mut drawn, 130.0, ["201", "一般公共服务支出", "60.00", "20.00", "40.00"]);
    row(&mut drawn, 150.0, ["208", "社会保障和就业支出", "20.00", "20.00", ""]);
    drawn.page();
    head(&mut drawn, header);
    row(&mut drawn, 110.0, ["221", "住房保障支出", "10.00", "", "10.00"]);
    let document = drawn.document();
    (0..document.grids.len()).map(|table| rows(&document, table)).collect()
}

#[test]
fn a_last_row_alone_on_its_page_goes_on_with_the_table() {
    let tables = last_row_alone(["编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]);
    assert_eq!(tables.len(), 1, "{tables:?}");
    assert_eq!(
        tables[0][2..],
        [
            "|合计|90.00|50.00|40.00",
            "201|一般公共服务支出|60.00|20.00|40.00",
            "208|社会保障和就业支出|20.00|20.00|",
            "221|住房保障支出|10.00||10.00",
        ]
    );
    let other = last_row_alone(["编码", "科目名称", "上年结转", "调整预算", "年末结转"]);
    assert!(other.iter().all(|table| !table.join("").contains("208") || !table.join("").contains("221")), "{other:?}");
}

/// Borders above and below each cell, drawn cell by cell: an empty cell, a merged one, a number that almost touches.
#[test]
fn borders_drawn_cell_by_cell_part_the_cells() {
    let mut drawn = Drawn::default();
    let edges = [40.0, 180.0, 260.0, 400.0, 480.0];
    let body = [
        ["项目", "金额", "项目", "金额"],
        ["一、事业收入", "1,204.50", "一、教育支出", "900.25"],
        ["二、经营收入", "", "二、卫生健康支出", "304.25"],
        ["三、其他收入", "", "", ""],
        ["总计", "1,204.50", "总计", "1,204.50"],
    ];
    for (at, label) in ["收入", "支出"].into_iter().enumerate() {
        let (left, right) = (edges[2 * at], edges[2 * at + 2]);
        drawn.borders((left, right), (80.0, 100.0));
        drawn.text((left + right) / 2.0, 93.0, Set::Middle, label);
    }
    for (at, row) in body.iter().enumerate() {
        let y = 100.0 + 20.0 * at as f64;
        for (column, text) in row.iter().enumerate() {
            drawn.borders((edges[column], edges[column + 1]), (y, y + 20.0));
            let (x, set) =
                if column % 2 == 0 { (edges[column] + 1.0, Set::Left) } else { (edges[column + 1] - 1.0, Set::Right) };
            drawn.text(x, y + 13.0, set, text);
        }
    }
    let document = drawn.document();
    assert_eq!(
        rows(&document, 0),
        [
            "收入||支出|",
            "项目|金额|项目|金额",
            "一、事业收入|1,204.50|一、教育支出|900.25",
            "二、经营收入||二、卫生健康支出|304.25",
            "三、其他收入|||",
            "总计|1,204.50|总计|1,204.50",
        ]
    );
    assert_eq!(document.grids[0].merges.len(), 2, "the sides stay whole");
}

/// Blank cells have no border of their own, only the line through the whole table: the first row below them has its columns.
#[test]
fn a_row_below_blank_cells_without_borders_is_parted() {
    let mut drawn = Drawn::default();
    let edges = [40.0, 180.0, 260.0, 400.0, 480.0];
    let body = [
        ["", "", "二十四、债务还本支出", "-"],
        ["", "", "二十五、债务付息支出", "-"],
        ["", "", "二十六、其他支出", "-"],
        ["本年收入合计", "3,080.18", "本年支出合计", "3,077.30"],
        ["年初结转和结余", "111.14", "年末结转和结余", "114.02"],
        ["其中：", "", "", ""],
        ["总计", "3,191.32", "总计", "3,191.32"],
    ];
    drawn.rule((edges[0], 100.0), (edges[4], 100.0));
    for (at, row) in body.iter().enumerate() {
        let y = 100.0 + 20.0 * at as f64;
        for (column, text) in row.iter().enumerate() {
            if !text.is_empty() {
                drawn.rule((edges[column], y + 20.0), (edges[column + 1], y + 20.0));
            }
            let (x, set) =
                if column % 2 == 0 { (edges[column] + 1.0, Set::Left) } else { (edges[column + 1] - 1.0, Set::Right) };
            drawn.text(x, y + 13.0, set, text);
        }
        drawn.rule((edges[0], y + 20.0), (edges[4], y + 20.0));
    }
    let rows = rows(&drawn.document(), 0);
    assert_eq!(rows, body.map(|row| row.join("|")));
}

/// A border around the page, of one line or of two, is the frame of no table.
#[test]
fn a_table_without_rules_is_read_within_the_border_of_its_page() {
    for insets in [&[][..], &[20.0], &[20.0, 24.0]] {
        let mut drawn = Drawn::default();
        for inset in insets {
            drawn.frame((*inset, WIDTH - inset), (*inset, 595.0 - inset));
        }
        drawn.text(297.0, 60.0, Set::Middle, "支出决算表");
        drawn.text(50.0, 78.0, Set::Left, "部门：青河县水务局");
        drawn.text(545.0, 78.0, Set::Right, "单位：万元");
        let body = [
            ["科目编码", "科目名称", "本年支出合计", "基本支出"],
            ["205", "教育支出", "1,208.50", "1,206.00"],
            ["210", "卫生健康支出", "1.20", "0.20"],
            ["213", "农林水支出", "345.67", "45.67"],
            ["", "合计", "1,555.37", "1,251.87"],
        ];
        for (at, row) in body.iter().enumerate() {
            for (column, text) in row.iter().enumerate() {
                let (x, set) = if column < 2 {
                    (53.0 + 90.0 * column as f64, Set::Left)
                } else {
                    (140.0 * column as f64, Set::Right)
                };
                drawn.text(x, 103.0 + 20.0 * at as f64, set, text);
            }
        }
        let document = drawn.document();
        assert_eq!(rows(&document, 0), body.map(|row| row.join("|")), "{insets:?}");
    }
}

/// Names, codes and amounts between rules on every side.
fn ruled(drawn: &mut Drawn, left: f64, labels: &[&str], body: &[Vec<String>]) {
    let mut x = left;
    for (column, label) in labels.iter().enumerate() {
        let next = x + if column == 1 { 150.0 } else { 80.0 };
        let cells = std::iter::once(*label).chain(body.iter().map(|row| row[column].as_str()));
        for (at, text) in cells.enumerate() {
            let y = 100.0 + 20.0 * at as f64;
            drawn.frame((x, next), (y, y + 20.0));
            drawn.text(x + 3.0, y + 13.0, Set::Left, text);
        }
        x = next;
    }
}

const NAMES: [[&str; 2]; 6] = [
    ["", "合计"],
    ["205", "教育支出"],
    ["20502", "普通教育"],
    ["2050202", "小学教育"],
    ["221", "住房保障支出"],
    ["2210201", "住房公积金"],
];

fn named(amounts: &[&str]) -> Vec<Vec<String>> {
    let row = |name: &[&str; 2]| name.iter().chain(amounts).map(|text| (*text).to_owned()).collect();
    NAMES.iter().map(row).collect()
}

/// The right columns of a sheet on the page after, below the codes and names again; the title is cut by the paper's edge.
#[test]
fn a_sheet_across_pages_is_joined_where_its_names_are_repeated() {
    let mut drawn = Drawn::default();
    drawn.text(509.0, 60.0, Set::Right, "收入决算");
    drawn.text(40.0, 85.0, Set::Left, "编制单位：云岭县实验小学");
    ruled(
        &mut drawn,
        40.0,
        &["编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入"],
        &named(&["9.50", "8.00", "0.00"]),
    );
    drawn.page();
    drawn.text(271.0, 60.0, Set::Left, "算表");
    drawn.text(40.0, 85.0, Set::Left, "编制单位：云岭县实验小学");
    drawn.text(510.0, 85.0, Set::Right, "单位：万元");
    ruled(
        &mut drawn,
        40.0,
        &["编码", "科目名称", "事业收入", "经营收入", "其他收入"],
        &named(&["1.00", "0.00", "0.50"]),
    );
    let document = drawn.document();
    assert_eq!(document.grids.len(), 1);
    assert_eq!(rows(&document, 0)[1], "|合计|9.50|8.00|0.00|1.00|0.00|0.50");
    assert!(document.lines.iter().any(|line| line.text == "收入决算表"), "{:?}", document.lines);
    let figures = figures(&document);
    assert_eq!(figures.len(), 36);
    assert!(figures.contains(&"income  教育支出 财政拨款收入 8.00 p1".to_owned()), "{figures:?}");
    assert!(figures.contains(&"income  教育支出 事业收入 1.00 p2".to_owned()), "{figures:?}");
    assert!(document.findings.is_empty(), "{:?}", document.findings);
}

/// Two tables of the same codes and names below titles of their own stay two.
#[test]
fn tables_of_the_same_rows_with_titles_of_their_own_are_not_joined() {
    let mut drawn = Drawn::default();
    drawn.text(275.0, 60.0, Set::Middle, "收入决算表");
    ruled(
        &mut drawn,
        40.0,
        &["编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入"],
        &named(&["9.50", "8.00", "0.00"]),
    );
    drawn.page();
    drawn.text(275.0, 60.0, Set::Middle, "支出决算表");
    ruled(
        &mut drawn,
        40.0,
        &["编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
        &named(&["9.50", "8.00", "1.50"]),
    );
    let document = drawn.document();
    assert_eq!((document.grids.len(), document.findings.len()), (2, 0), "{:?}", document.findings);
}

/// The right columns on the page after without codes and names: nothing there names a row.
#[test]
fn a_page_that_names_no_row_goes_on_with_the_columns_before() {
    let mut drawn = Drawn::default();
    drawn.text(275.0, 60.0, Set::Middle, "支出决算表");
    ruled(&mut drawn, 40.0, &["编码", "科目名称", "本年支出合计", "基本支出"], &named(&["9.50", "8.00"]));
    drawn.page();
    let body: Vec<Vec<String>> = (0..6).map(|row| vec![format!("{row}.50"), "0.00".to_owned()]).collect();
    ruled(&mut drawn, 40.0, &["项目支出", "经营支出"], &body);
    let document = drawn.document();
    assert_eq!(document.grids.len(), 1);
    assert_eq!(rows(&document, 0)[6], "2210201|住房公积金|9.50|8.00|5.50|0.00");
}

/// Two tables beside each other, each below a title and a unit of its own; a line across both is of neither.
#[test]
fn tables_side_by_side_keep_their_titles() {
    let mut drawn = Drawn::default();
    drawn.text(WIDTH / 2.0, 30.0, Set::Middle, "云岭县文化馆部门决算公开表格之三");
    drawn.text(195.0, 60.0, Set::Middle, "支出决算表");
    drawn.text(605.0, 60.0, Set::Middle, "一般公共预算财政拨款支出决算表");
    drawn.text(350.0, 80.0, Set::Right, "单位：元");
    drawn.text(760.0, 80.0, Set::Right, "单位：元");
    ruled(&mut drawn, 40.0, &["编码", "科目名称", "本年支出合计"], &named(&["9.50"]));
    ruled(&mut drawn, 450.0, &["编码", "科目名称", "本年支出合计"], &named(&["7.25"]));
    let document = drawn.document();
    let lines: Vec<&str> =
        document.lines.iter().filter(|line| line.cell.is_none()).map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines,
        ["云岭县文化馆部门决算公开表格之三", "支出决算表", "单位：元", "一般公共预算财政拨款支出决算表", "单位：元"]
    );
    let after: Vec<Option<u32>> = document.grids.iter().map(|grid| grid.after_line).collect();
    assert!(after[0] < after[1], "{after:?}");
}

/// Digits of Times are half an em wide, its commas and stops a quarter: the number ends before the next column begins.
#[test]
fn fonts_that_every_reader_has_need_no_widths() {
    let mut drawn = Drawn::default();
    let body = [["一、事业收入", "30,512,180.20"], ["二、经营收入", "6,657,409.01"]];
    for (at, row) in body.iter().enumerate() {
        let y = 100.0 + 20.0 * at as f64;
        drawn.frame((40.0, 140.0), (y, y + 20.0));
        drawn.frame((140.0, 190.0), (y, y + 20.0));
        drawn.frame((190.0, 300.0), (y, y + 20.0));
        drawn.text(43.0, y + 13.0, Set::Left, row[0]);
        let wide = row[1].chars().map(|c| if c.is_ascii_digit() { 0.5 } else { 0.25 } * SIZE).sum::<f64>();
        drawn.times(189.0 - wide, y + 13.0, row[1]);
        drawn.text(191.0, y + 13.0, Set::Left, "教育支出");
    }
    assert_eq!(
        rows(&drawn.document(), 0),
        ["一、事业收入|30,512,180.20|教育支出", "二、经营收入|6,657,409.01|教育支出"]
    );
}

/// A number wider than its cell runs over the rule and stays whole.
#[test]
fn a_number_is_never_cut_by_a_rule() {
    let mut drawn = Drawn::default();
    for (at, number) in ["1,234,567,890.12", "12.00"].into_iter().enumerate() {
        let y = 100.0 + 20.0 * at as f64;
        drawn.frame((40.0, 140.0), (y, y + 20.0));
        drawn.frame((140.0, 190.0), (y, y + 20.0));
        drawn.frame((190.0, 300.0), (y, y + 20.0));
        drawn.text(43.0, y + 13.0, Set::Left, "事业收入");
        drawn.text(138.0, y + 13.0, Set::Left, number);
        assert!(at > 0 || width(number) > 52.0, "it runs over");
    }
    assert_eq!(rows(&drawn.document(), 0), ["事业收入|1,234,567,890.12|", "事业收入|12.00|"]);
}

/// Rules across the page above and below a heading with a number make no table of it; amounts between them do.
#[test]
fn a_heading_between_two_rules_is_no_table() {
    let between = |rows: &[(&str, &str)]| {
        let mut drawn = Drawn::default();
        for (at, (label, number)) in rows.iter().enumerate() {
            let y = 120.0 + 20.0 * at as f64;
            drawn.text(60.0, y, Set::Left, label);
            drawn.text(300.0, y, Set::Right, number);
        }
        let bottom = 110.0 + 20.0 * rows.len() as f64;
        [100.0, bottom].into_iter().for_each(|y| drawn.rule((40.0, y), (400.0, y)));
        drawn.document().grids.len()
    };
    assert_eq!(between(&[("一般公共预算财政拨款支出决算表", "5")]), 0);
    assert_eq!(between(&[("事业收入", "5.20"), ("其他收入", "0.30")]), 1);
}

/// 收入支出决算总表 without a rule, below the lines that say whose it is; `radical` is drawn for 支.
fn below_whose_it_is(radical: &str) -> Vec<String> {
    let mut drawn = Drawn::default();
    let spending = |label: &str| label.replace('支', radical);
    drawn.text(250.0, 40.0, Set::Middle, &spending("收入支出决算总表"));
    drawn.text(460.0, 60.0, Set::Right, "公开01表");
    drawn.text(40.0, 70.0, Set::Left, "部门：云岭县林业局");
    drawn.text(250.0, 70.0, Set::Middle, "2024年度");
    drawn.text(460.0, 70.0, Set::Right, "金额单位：元");
    let line = |drawn: &mut Drawn, y: f64, texts: [&str; 4]| {
        for (x, text) in [90.0, 215.0, 305.0, 435.0].into_iter().zip(texts) {
            drawn.text(x, y, Set::Middle, &spending(text));
        }
    };
    drawn.text(150.0, 84.0, Set::Middle, "收入");
    drawn.text(370.0, 84.0, Set::Middle, &spending("支出"));
    line(&mut drawn, 96.0, ["项目", "决算数", "项目", "决算数"]);
    line(&mut drawn, 108.0, ["栏次", "1", "栏次", "2"]);
    for (at, (income, received, item, spent)) in [
        ("一、事业收入", "2,481.15", "一、教育支出", "1,102.47"),
        ("二、其他收入", "96.03", "二、住房保障支出", "1,474.71"),
        ("总计", "2,577.18", "总计", "2,577.18"),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 120.0 + 12.0 * at as f64;
        drawn.text(40.0, y, Set::Left, income);
        drawn.text(240.0, y, Set::Right, received);
        drawn.text(250.0, y, Set::Left, &spending(item));
        drawn.text(460.0, y, Set::Right, spent);
    }
    figures(&drawn.document())
}

/// The year between whose table it is and its unit stands above the header and is none of it.
#[test]
fn whose_table_it_is_is_no_label_of_its_header() {
    let read = below_whose_it_is("支");
    assert_eq!(read.len(), 6, "{read:?}");
    assert_eq!(read[1], "income_expenditure_summary 支出 一、教育支出 支出 > 决算数 1,102.47 p1");
}

/// Writers that go back from shapes to characters name a radical where a character is meant.
#[test]
fn a_radical_stands_for_its_character() {
    assert_eq!(below_whose_it_is("\u{2f40}"), below_whose_it_is("支"));
}

/// The last line of a label ran over into the row that numbers the columns: its numbers are none of the table's.
#[test]
fn columns_are_numbered_behind_the_end_of_the_label_above() {
    let read = |word: &str, numbers: [&str; 3]| {
        let mut drawn = Drawn::default();
        drawn.text(200.0, 40.0, Set::Middle, "支出决算表");
        let body = [
            ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
            [word, "", numbers[0], numbers[1], numbers[2]],
            ["205", "教育支出", "8.50", "6.00", "2.50"],
        ];
        for (row, texts) in body.iter().enumerate() {
            let y = 60.0 + 20.0 * row as f64;
            for (column, text) in texts.iter().enumerate() {
                let x = 40.0 + 80.0 * column as f64;
                drawn.frame((x, x + 80.0), (y, y + 20.0));
                if !text.is_empty() {
                    drawn.text(x + 3.0, y + 13.0, Set::Left, text);
                }
            }
        }
        figures(&drawn.document()).len()
    };
    assert_eq!(read("码栏次", ["1", "2", "3"]), 3);
    assert_eq!(read("码栏次", ["1", "2", "4"]), 6, "numbers that do not count up are kept");
    assert_eq!(read("书刊", ["2", "2", "4"]), 6);
}

/// Borders below each cell only: that of a merged label runs through above the labels below it, which are parted all the same;
/// a merged label itself stays whole.
#[test]
fn borders_below_cells_part_the_labels_below_a_merged_one() {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 40.0, Set::Middle, "收入支出决算总表");
    drawn.rule((40.0, 60.0), (460.0, 60.0));
    for (left, right, label) in [(40.0, 250.0, "收入"), (250.0, 460.0, "支出")] {
        drawn.text((left + right) / 2.0 - 20.0, 73.0, Set::Middle, label);
        drawn.rule((left, 80.0), (right, 80.0));
    }
    let edges = [40.0, 150.0, 180.0, 250.0, 360.0, 390.0, 460.0];
    let body = [
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["一、事业收入", "1", "12.50", "一、教育支出", "4", "—"],
        ["二、其他收入", "2", "17.75", "二、住房保障支出", "5", "30.25"],
        ["总计", "3", "30.25", "总计", "6", "30.25"],
    ];
    for (row, texts) in body.iter().enumerate() {
        let y = 93.0 + 20.0 * row as f64;
        for (column, text) in texts.iter().enumerate() {
            let (left, right) = (edges[column], edges[column + 1]);
            drawn.text((left + right) / 2.0, y, Set::Middle, text);
            drawn.rule((left, y + 7.0), (right, y + 7.0));
        }
    }
    assert_eq!(
        rows(&drawn.document(), 0)[..3],
        ["收入|||支出||", "项目|行次|决算数|项目|行次|决算数", "一、事业收入|1|12.50|一、教育支出|4|—"]
    );
    assert_eq!(figures(&drawn.document()).iter().filter(|figure| figure.contains("支出 总计")).count(), 1);
}
