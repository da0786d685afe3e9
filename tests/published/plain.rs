//! Tables with few rules or none: dashes for nothing, rows far apart, several tables between the same rules; and what is said
//! above each.

use juesuan::inner::extract::table::{Layouts, read};
use juesuan::inner::project::Project;

use crate::drawn::{Drawn, SIZE, Set, figures, rows};

const ROWS: [[&str; 4]; 6] = [
    ["一、事业收入", "12.50", "一、教育支出", "—"],
    ["二、经营收入", "—", "二、国防支出", "—"],
    ["三、上级补助收入", "—", "三、卫生健康支出", "26.00"],
    ["四、其他收入", "17.75", "四、住房保障支出", "4.25"],
    ["", "", "五、其他支出", "—"],
    ["总计", "30.25", "总计", "30.25"],
];

/// 收入支出决算总表 without rules; the amounts end `gap` points before the names of the other side.
fn two_sides(step: f64, gap: f64) -> Drawn {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 40.0, Set::Middle, "收入支出决算总表");
    drawn.text(40.0, 60.0, Set::Left, "部门：云岭县林业局");
    drawn.text(460.0, 60.0, Set::Right, "单位：万元");
    let line = |drawn: &mut Drawn, y: f64, texts: [&str; 4]| {
        for (x, text) in [90.0, 215.0, 305.0, 435.0].into_iter().zip(texts) {
            drawn.text(x, y, Set::Middle, text);
        }
    };
    drawn.text(145.0, 80.0, Set::Middle, "收入");
    drawn.text(355.0, 80.0, Set::Middle, "支出");
    line(&mut drawn, 95.0, ["项目", "决算数", "项目", "决算数"]);
    for (at, [income, received, item, spent]) in ROWS.into_iter().enumerate() {
        let y = 112.0 + step * at as f64;
        drawn.text(40.0, y, Set::Left, income);
        drawn.text(250.0 - gap, y, Set::Right, received);
        drawn.text(250.0, y, Set::Left, item);
        drawn.text(460.0, y, Set::Right, spent);
    }
    drawn
}

/// A dash stands for a number: it is no beginning of the name behind it, and a row of names and dashes is one of the table.
#[test]
fn dashes_stand_for_numbers_where_no_rule_parts_them() {
    let document = two_sides(16.0, 5.0).document();
    assert_eq!(document.grids.len(), 1);
    let read = rows(&document, 0);
    assert_eq!(read[3..5], ["二、经营收入|—|二、国防支出|—", "三、上级补助收入|—|三、卫生健康支出|26.00"]);
    let figures = figures(&document);
    assert!(
        figures.contains(&"income_expenditure_summary 支出 三、卫生健康支出 支出 > 决算数 26.00 p1".to_owned()),
        "{figures:?}"
    );
    assert!(
        figures.contains(&"income_expenditure_summary 收入 四、其他收入 收入 > 决算数 17.75 p1".to_owned()),
        "{figures:?}"
    );
}

/// Rows more than three ems apart are one table where they follow each other evenly, and names are set in.
#[test]
fn rows_far_apart_are_one_table_where_they_stand_evenly() {
    let mut drawn = Drawn::default();
    let columns = [40.0, 110.0, 300.0, 400.0, 500.0];
    drawn.text(250.0, 30.0, Set::Middle, "支出决算表");
    for (at, label) in ["编码", "科目名称", "本年支出合计", "基本支出", "项目支出"].into_iter().enumerate()
    {
        let x = if at < 2 { columns[at] + 15.0 } else { columns[at] - 20.0 };
        drawn.text(x, 55.0, Set::Middle, label);
    }
    let body = [
        ["", "合计", "90.00", "50.00", "40.00"],
        ["201", "一般公共服务支出", "60", "20", "40"],
        ["20101", "　人大事务", "60", "20", "40"],
        ["2010101", "　　行政运行", "60", "20", "40"],
        ["208", "社会保障和就业支出", "30", "30", "0"],
        ["20805", "　养老支出", "30", "30", "0"],
    ];
    for (row, texts) in body.iter().enumerate() {
        for (at, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let y = 75.0 + 3.3 * SIZE * row as f64;
            drawn.text(columns[at], y, if at < 2 { Set::Left } else { Set::Right }, text);
        }
    }
    let document = drawn.document();
    assert_eq!(document.grids.len(), 1);
    assert_eq!(figures(&document).len(), 18, "{:?}", rows(&document, 0));
}

/// Tables below each other whose rules are as wide make up one frame: their titles and units are no header.
#[test]
fn what_stands_between_two_tables_is_no_header_of_the_second() {
    let mut drawn = Drawn::default();
    let table = |drawn: &mut Drawn, top: f64, title: &str, body: &[&[&str]]| {
        drawn.text(250.0, top, Set::Middle, title);
        drawn.text(43.0, top + 16.0, Set::Left, "部门：云岭县林业局");
        drawn.text(457.0, top + 16.0, Set::Right, "单位：万元");
        for (row, texts) in body.iter().enumerate() {
            let y = top + 20.0 + 14.0 * row as f64;
            drawn.rule((40.0, y), (460.0, y));
            for (column, text) in texts.iter().enumerate() {
                let (x, set) = if column == 0 { (43.0, Set::Left) } else { (170.0 + 95.0 * column as f64, Set::Right) };
                drawn.text(x, y + 10.0, set, text);
            }
            drawn.rule((40.0, y + 14.0), (460.0, y + 14.0));
        }
    };
    let body: [&[&str]; 4] = [
        &["项目", "本年支出合计", "基本支出", "项目支出"],
        &["教育支出", "8.50", "6.00", "2.50"],
        &["卫生健康支出", "1.20", "—", "1.20"],
        &["合计", "9.70", "6.00", "3.70"],
    ];
    table(&mut drawn, 40.0, "支出决算表", &body);
    let body: [&[&str]; 3] =
        [&["项目", "本年收入合计", "财政拨款收入"], &["教育支出", "7.50", "7.00"], &["合计", "7.50", "7.00"]];
    table(&mut drawn, 160.0, "收入决算表", &body);
    let document = drawn.document();
    assert_eq!(document.grids.len(), 2);
    assert_eq!(rows(&document, 1)[0], "项目|本年收入合计|财政拨款收入");
    let figures = figures(&document);
    assert!(figures.contains(&"income  教育支出 财政拨款收入 7.00 p1".to_owned()), "{figures:?}");
    assert_eq!(figures.iter().filter(|figure| figure.starts_with("expenditure")).count(), 9, "{figures:?}");
}

/// Borders below each cell, and a rule over the whole width of each row besides.
#[test]
fn a_rule_over_every_row_merges_no_cells() {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 40.0, Set::Middle, "收入支出决算总表");
    let edges = [40.0, 150.0, 250.0, 360.0, 460.0];
    drawn.rule((40.0, 60.0), (460.0, 60.0));
    for (left, right, label) in [(40.0, 250.0, "收入"), (250.0, 460.0, "支出")] {
        drawn.text((left + right) / 2.0, 73.0, Set::Middle, label);
        drawn.rule((left, 77.0), (right, 77.0));
    }
    for (row, texts) in std::iter::once(&["项目", "决算数", "项目", "决算数"]).chain(&ROWS).enumerate() {
        let y = 77.0 + 17.0 * row as f64;
        for (column, text) in texts.iter().enumerate() {
            drawn.text(edges[column] + 3.0, y + 12.0, Set::Left, text);
            drawn.rule((edges[column], y + 17.0), (edges[column + 1], y + 17.0));
        }
        drawn.rule((40.0, y + 17.0), (460.0, y + 17.0));
    }
    let document = drawn.document();
    assert_eq!(document.grids.len(), 1);
    assert_eq!(
        rows(&document, 0)[..3],
        ["收入||支出|", "项目|决算数|项目|决算数", "一、事业收入|12.50|一、教育支出|—"]
    );
    assert_eq!(figures(&document).len(), 11, "dashes are figures, too");
}

/// The unit above the table before is not that of the next one, however close they stand.
#[test]
fn a_table_has_the_unit_said_nearest_to_it() {
    let units = |second: Option<&str>| {
        let mut drawn = Drawn::default();
        let mut table = |top: f64, title: &str, labels: [&str; 4], unit: Option<&str>| {
            drawn.text(160.0, top - 10.0, Set::Middle, title);
            drawn.text(40.0, top + 14.0, Set::Left, "部门：云岭县林业局");
            if let Some((above, below)) = unit.map(|unit| unit.split_once('|').unwrap_or(("", unit))) {
                drawn.text(360.0, top, Set::Right, above);
                drawn.text(360.0, top + 14.0, Set::Right, below);
            }
            let body = [
                labels,
                ["教育支出", "8.50", "6.00", "2.50"],
                ["卫生健康支出", "1.00", "1.00", "0.00"],
                ["合计", "9.50", "7.00", "2.50"],
            ];
            for (row, texts) in body.iter().enumerate() {
                for (column, text) in texts.iter().enumerate() {
                    let (x, y) = (40.0 + 80.0 * column as f64, top + 20.0 + 14.0 * row as f64);
                    drawn.frame((x, x + 80.0), (y, y + 14.0));
                    drawn.text(x + 3.0, y + 10.0, Set::Left, text);
                }
            }
        };
        table(40.0, "收入决算表", ["项目", "本年收入合计", "财政拨款收入", "其他收入"], Some("单位：元"));
        table(140.0, "支出决算表", ["项目", "本年支出合计", "基本支出", "项目支出"], second);
        let reading = read(&drawn.document(), &Layouts::load(&Project::built_in()).unwrap(), &Default::default());
        let contradicting = reading.findings.iter().filter(|finding| finding.check_id == "extract.contradicting_units");
        let mut units: Vec<String> = reading.figures.iter().map(|figure| figure.unit.clone()).collect();
        units.dedup();
        (units, contradicting.count())
    };
    assert_eq!(units(Some("单位：万元")), (vec!["元".to_owned(), "万元".to_owned()], 0));
    assert_eq!(units(None), (vec!["元".to_owned()], 0), "where it says none");
    assert_eq!(units(Some("单位：万|元")), (vec!["元".to_owned(), "万元".to_owned()], 0), "cut by a narrow column");
    assert_eq!(units(Some("单位：|万元")), (vec!["元".to_owned(), "万元".to_owned()], 0), "cut before the unit");
}

/// Digits among characters are set a little apart by office programs: lines of a sentence with numbers make no table.
#[test]
fn sentences_with_numbers_set_apart_stay_text() {
    let words = ["部门共有车辆", "，其中：领导干部用车", "、机要通信用车", "、应急保障用车", "、其他用车"];
    let mut drawn = Drawn::default();
    for line in 0..4 {
        let mut x = 40.0;
        for word in words {
            drawn.text(x, 60.0 + 14.0 * f64::from(line), Set::Left, word);
            x += SIZE * (word.chars().count() as f64 + 0.25);
            drawn.text(x, 60.0 + 14.0 * f64::from(line), Set::Left, "3");
            x += SIZE * 0.75;
            drawn.text(x, 60.0 + 14.0 * f64::from(line), Set::Left, "辆");
            x += SIZE;
        }
    }
    assert_eq!(drawn.document().grids.len(), 0);
}

/// A sheet printed without borders: rows of any height, codes set to the left, names of two lines around their numbers.
#[test]
fn rows_of_any_height_are_one_table_where_their_numbers_stand_below_each_other() {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 30.0, Set::Middle, "支出决算表");
    let columns = [40.0, 90.0, 300.0, 400.0, 500.0];
    for (at, label) in ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"].into_iter().enumerate()
    {
        let x = if at < 2 { columns[at] + 18.0 } else { columns[at] - 24.0 };
        drawn.text(x, 55.0, Set::Middle, label);
    }
    let body: [(f64, &str, &[&str], [&str; 3]); 7] = [
        (75.0, "", &["合计"], ["90.5", "50", "40.5"]),
        (87.0, "208", &["社会保障和就业支出"], ["60", "20", "40"]),
        (105.0, "20805", &["　行政事业单位养老支出"], ["60", "20", "40"]),
        (145.0, "2080505", &["　　机关事业单位基本养老保险缴", "　　费支出"], ["35.5", "20", "15.5"]),
        (190.0, "2080506", &["　　机关事业单位职业年金缴费支", "　　出"], ["24.5", "0", "24.5"]),
        (225.0, "210", &["卫生健康支出"], ["30.5", "30", "0.5"]),
        (280.0, "21011", &["　行政事业单位医疗"], ["30.5", "30", "0.5"]),
    ];
    for (y, code, name, amounts) in body {
        if !code.is_empty() {
            drawn.text(columns[0], y, Set::Left, code);
        }
        drawn.lines(columns[1], y, Set::Left, name);
        for (at, amount) in amounts.into_iter().enumerate() {
            drawn.text(columns[2 + at], y, Set::Right, amount);
        }
    }
    drawn.text(columns[0], 300.0, Set::Left, "注：本表反映部门本年度各项支出情况。");
    let document = drawn.document();
    assert_eq!(document.grids.len(), 1);
    let figures = figures(&document);
    assert_eq!(figures.len(), 21, "{figures:?}");
    let long = "expenditure  机关事业单位基本养老保险缴费支出 项目支出 15.5 p1";
    assert!(figures.contains(&long.to_owned()), "{figures:?}");
}

/// Two tables one far below the other, each with its header: the rows of the second are none of the first.
#[test]
fn a_header_far_below_a_table_is_none_of_its_rows() {
    let mut drawn = Drawn::default();
    for (top, title, labels) in [
        (40.0, "支出决算表", ["本年支出合计", "基本支出", "项目支出"]),
        (170.0, "收入决算表", ["本年收入合计", "财政拨款收入", "其他收入"]),
    ] {
        drawn.text(250.0, top, Set::Middle, title);
        let body = [
            ["项目", labels[0], labels[1], labels[2]],
            ["教育支出", "8.50", "6.00", "2.50"],
            ["卫生健康支出", "1.20", "0.20", "1.00"],
            ["合计", "9.70", "6.20", "3.50"],
        ];
        for (row, texts) in body.iter().enumerate() {
            for (at, text) in texts.iter().enumerate() {
                let (x, set) = if at == 0 { (40.0, Set::Left) } else { (150.0 + 100.0 * at as f64, Set::Right) };
                drawn.text(x, top + 20.0 + 14.0 * row as f64, set, text);
            }
        }
    }
    let document = drawn.document();
    assert_eq!(document.grids.len(), 2);
    assert_eq!(rows(&document, 1)[0], "项目|本年收入合计|财政拨款收入|其他收入");
    assert_eq!(figures(&document).len(), 18);
}

/// Names begin at the edge of their column, its label and the total stand in its middle: no row holds both.
#[test]
fn a_total_in_the_middle_of_the_names_makes_no_column() {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 40.0, Set::Middle, "财政拨款“三公”经费支出决算表");
    drawn.text(40.0, 60.0, Set::Left, "部门：云岭县林业局");
    drawn.text(520.0, 60.0, Set::Right, "单位：万元");
    let body = [
        ["项目", "年初预算数", "决算数"],
        ["合计", "16.12", "6.09"],
        ["1.因公出国（境）费", "—", "—"],
        ["2.公务用车购置及运行维护费", "9.27", "3.42"],
        ["（1）公务用车购置费", "—", "—"],
        ["（2）公务用车运行维护费", "9.27", "3.42"],
        ["3.公务接待费", "6.85", "2.67"],
    ];
    for (row, [name, budget, spent]) in body.into_iter().enumerate() {
        let y = 80.0 + 16.0 * row as f64;
        let (x, set) = if row < 2 { (170.0, Set::Middle) } else { (40.0, Set::Left) };
        drawn.text(x, y, set, name);
        drawn.text(420.0, y, Set::Right, budget);
        drawn.text(520.0, y, Set::Right, spent);
    }
    let document = drawn.document();
    assert_eq!(rows(&document, 0)[..2], ["项目|年初预算数|决算数", "合计|16.12|6.09"]);
    let figures = figures(&document);
    assert!(figures.contains(&"three_public  3.公务接待费 决算数 2.67 p1".to_owned()), "{figures:?}");
}

/// The only row of a page has a name of two lines around its numbers: no number stands on the lines of the name.
#[test]
fn a_name_around_the_only_numbers_of_a_page_is_theirs() {
    let mut drawn = Drawn::default();
    drawn.text(250.0, 40.0, Set::Middle, "项目支出决算表");
    for y in [60.0, 78.0, 102.0] {
        drawn.rule((40.0, y), (520.0, y));
    }
    let labels = [(55.0, "序号"), (180.0, "项目名称"), (345.0, "全年预算数"), (430.0, "决算数")];
    labels.into_iter().for_each(|(x, label)| drawn.text(x, 72.0, Set::Middle, label));
    drawn.text(55.0, 92.0, Set::Middle, "1");
    drawn.lines(80.0, 92.0, Set::Left, &["网格化管理平台升级改造及三年运行", "维护项目"]);
    drawn.text(370.0, 92.0, Set::Right, "164.00");
    drawn.text(450.0, 92.0, Set::Right, "108.24");
    let read = rows(&drawn.document(), 0);
    assert_eq!(read[1..], ["1|网格化管理平台升级改造及三年运行维护项目|164.00|108.24"]);
}
