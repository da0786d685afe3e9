//! Shapes and habits of published workbooks, one small grid each.

use juesuan::inner::decode::{Cell, CellValue, Document, Format, Grid, Merge, Pages, number_from_float};
use juesuan::inner::extract::table::{Layouts, RawFigure, RowRole, TableReading, TableState, inspect, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::CellReference;

/// Cells separated by `|`; `<` merges with the left one; `#1.5` a number, `!..` an error, `@..` a date.
fn grid(sheet: &str, number: u32, rows: &[&str]) -> Grid {
    let mut cells = Vec::new();
    let mut merges: Vec<Merge> = Vec::new();
    for (row, line) in rows.iter().enumerate() {
        for (column, text) in line.split('|').enumerate() {
            let at = CellReference::new(row as u32, column as u32);
            let trimmed = text.trim_end();
            let value = match trimmed.trim_start() {
                "" => continue,
                "<" => {
                    let last = merges
                        .last_mut()
                        .filter(|merge| merge.last.row == at.row && merge.last.column + 1 == at.column);
                    match last {
                        Some(merge) => merge.last = at,
                        None => merges.push(Merge { first: CellReference::new(at.row, at.column - 1), last: at }),
                    }
                    continue;
                }
                text if text.starts_with('#') => {
                    CellValue::Number(number_from_float(text[1..].parse().unwrap()).unwrap())
                }
                text if text.starts_with('!') => CellValue::Error(text[1..].to_owned()),
                text if text.starts_with('@') => CellValue::date(&text[1..]),
                _ => CellValue::Text(trimmed.strip_prefix(' ').unwrap_or(trimmed).to_owned()),
            };
            cells.push(Cell { at, value });
        }
    }
    let columns = cells.iter().map(|cell| cell.at.column + 1).max().unwrap_or(0);
    let rows = rows.len() as u32;
    Grid {
        sheet: sheet.to_owned(),
        sheet_number: number,
        hidden: false,
        rows,
        columns,
        cells,
        hidden_cells: Vec::new(),
        merges,
        after_line: None,
        packed_rows: 0,
    }
}

fn document(grids: Vec<Grid>) -> Document {
    Document {
        format: Format::Xlsx,
        encoding: String::new(),
        grids,
        lines: Vec::new(),
        findings: Vec::new(),
        pages: Pages::default(),
    }
}

fn layouts() -> Layouts {
    Layouts::load(&Project::built_in()).unwrap()
}

fn read_rows(rows: &[&str]) -> TableReading {
    read(&document(vec![grid("Sheet1", 1, rows)]), &layouts(), &PlaceHint::default())
}

fn at<'a>(reading: &'a TableReading, cell: &str) -> &'a RawFigure {
    reading
        .figures
        .iter()
        .find(|figure| figure.cell.to_string() == cell)
        .unwrap_or_else(|| panic!("no figure in {cell}: {:#?}", reading.findings))
}

fn finding(reading: &TableReading, check_id: &str) -> String {
    let found = reading.findings.iter().find(|finding| finding.check_id == check_id);
    found.unwrap_or_else(|| panic!("no {check_id}: {:#?}", reading.findings)).message.clone()
}

const EXPENDITURE: [&str; 4] =
    ["支出决算表", "部门：某局||||单位：万元", "项目|<|本年支出合计|基本支出|项目支出", "科目编码|科目名称|||"];

fn expenditure(rows: &[&str]) -> TableReading {
    let mut all = EXPENDITURE.to_vec();
    all.extend(rows);
    read_rows(&all)
}

#[test]
fn codes_are_joined_whatever_way_they_are_split() {
    let three = [
        "支出决算表",
        "单位：元",
        "科目编码|<|<|科目名称|本年支出合计|基本支出|项目支出",
        "类|款|项||||",
        "208|||社会保障和就业支出|#3|#2|#1",
        "|5||行政事业单位养老支出|#3|#2|#1",
        "||#5|机关事业单位基本养老保险缴费支出|#3|#2|#1",
        "208|20805|2080506|机关事业单位职业年金缴费支出|#3|#2|#1",
    ];
    let reading = read_rows(&three);
    assert_eq!(at(&reading, "E6").code.as_deref(), Some("20805"));
    assert_eq!(at(&reading, "E7").code.as_deref(), Some("2080505"));
    assert_eq!(at(&reading, "E8").code.as_deref(), Some("2080506"));
    assert_eq!(at(&reading, "E5").row_role, RowRole::Subtotal);
    assert_eq!(at(&reading, "E7").row_role, RowRole::Detail);

    let one =
        expenditure(&["#2010150.0|事业运行|#1|#1|", "[2010199]其他人大事务支出||#1|#1|", "2.0101E+06|行政运行|#1|#1|"]);
    assert_eq!(at(&one, "C5").code.as_deref(), Some("2010150"));
    assert_eq!(
        (at(&one, "C6").code.as_deref(), at(&one, "C6").row_label.as_str()),
        (Some("2010199"), "其他人大事务支出")
    );
    assert_eq!(at(&one, "C7").code.as_deref(), Some("2010100"));
}

#[test]
fn blank_dash_zero_date_and_error_are_kept_apart() {
    let reading = expenditure(&["205|教育支出|0.00|-|", "206|科学技术支出|@2024-03-01|!#REF!|１，２００．５０ 元"]);
    assert_eq!(at(&reading, "C5").value, CellValue::Text("0.00".into()));
    assert_eq!(at(&reading, "D5").value, CellValue::Text("-".into()));
    assert!(reading.figures.iter().all(|figure| figure.cell.to_string() != "E5"), "a blank cell is no figure");
    assert_eq!(at(&reading, "C6").value, CellValue::date("2024-03-01"));
    assert_eq!(at(&reading, "D6").value, CellValue::Error("#REF!".into()));
    assert_eq!(reading.figures.len(), 5);
}

#[test]
fn a_header_repeated_at_a_page_break_and_page_numbers_are_passed_over() {
    let mut rows = vec!["205|教育支出|1|1|", "— 1 —||||"];
    rows.extend(EXPENDITURE);
    rows.extend(["206|科学技术支出|2|2|", "合计|<|3|3|", "第2页/共2页"]);
    let reading = expenditure(&rows);
    assert_eq!(reading.figures.len(), 6);
    assert_eq!(reading.tables.len(), 1, "{:?}", reading.tables);
    assert_eq!(reading.printed_departments, ["某局"]);
}

#[test]
fn a_table_goes_on_over_sheets_with_and_without_its_header() {
    let mut first = EXPENDITURE.to_vec();
    first.push("205|教育支出|1|1|");
    let mut second = EXPENDITURE.to_vec();
    second[0] = "支出决算表（续）";
    second.push("206|科学技术支出|2|2|");
    let third = ["207|文化旅游体育与传媒支出|3|3|", "208|社会保障和就业支出|4|4|"];
    let document = document(vec![grid("表3", 1, &first), grid("表3(2)", 2, &second), grid("表3(3)", 3, &third)]);
    let reading = read(&document, &layouts(), &PlaceHint::default());
    assert_eq!(reading.figures.len(), 8, "{:?}", reading.findings);
    assert!(reading.figures.iter().all(|figure| figure.report_table == "expenditure" && figure.unit == "万元"));
}

#[test]
fn several_tables_stand_on_one_sheet() {
    let mut rows = EXPENDITURE.to_vec();
    rows.extend(["205|教育支出|1|1|", "注：本表反映部门本年度各项支出情况。", ""]);
    rows.extend([
        "收入决算表",
        "单位：元",
        "项目|<|本年收入合计|财政拨款收入",
        "科目编码|科目名称||",
        "205|教育支出|10000|10000",
    ]);
    let reading = read_rows(&rows);
    let tables: Vec<(&str, &str)> =
        reading.tables.iter().map(|table| (table.report_table.as_str(), table.unit.as_str())).collect();
    assert_eq!(tables, [("expenditure", "万元"), ("income", "元")]);
    assert_eq!(reading.tables[0].notes, "注：本表反映部门本年度各项支出情况。");
}

#[test]
fn the_longest_title_wins_and_unknown_longer_ones_are_not_taken_for_short_ones() {
    let mut rows = EXPENDITURE.to_vec();
    rows[0] = "某局2024年度一般公共预算财政拨款支出决算表（公开05表）";
    rows.push("205|教育支出|1|1|");
    assert_eq!(read_rows(&rows).tables[0].report_table, "general_budget_expenditure");
    assert_eq!(read_rows(&rows).printed_years, [2024]);
    rows[0] = "社会保险基金支出决算表";
    let reading = read_rows(&rows);
    assert!(reading.figures.is_empty());
    assert!(finding(&reading, "extract.unmatched_sheet").contains("社会保险基金支出决算表"));
}

#[test]
fn titles_stand_in_sheet_names_cut_or_whole() {
    let rows = ["单位：元", "科目编码|科目名称|合计|人员经费|公用经费", "301|工资福利支出|1|1|"];
    let name = "Z08_1 一般公共预算财政拨款基本支出决算明细表(财决08-";
    let reading = read(&document(vec![grid(name, 1, &rows)]), &layouts(), &PlaceHint::default());
    assert_eq!(reading.tables[0].report_table, "general_budget_basic");
}

#[test]
fn budget_tables_are_recognised_and_not_loaded() {
    let rows = [
        "2024年部门收支总表",
        "单位：元",
        "收入|<|支出|<",
        "项目|预算数|项目|预算数",
        "一、财政拨款|100|一、教育支出|100",
    ];
    let reading = read_rows(&rows);
    assert!(reading.figures.is_empty());
    assert_eq!((reading.tables[0].kind.as_str(), reading.tables[0].report_table.as_str()), ("budget", "budget"));
    let mut finals = rows.to_vec();
    finals[0] = "部门收支总表";
    finals[3] = "项目|决算数|项目|决算数";
    let reading = read_rows(&finals);
    assert_eq!(reading.tables[0].report_table, "income_expenditure_summary", "{:?}", reading.findings);
}

#[test]
fn unknown_columns_and_rows_are_kept_and_reported() {
    let mut rows = EXPENDITURE.to_vec();
    rows[2] = "项目|<|本年支出合计|基本支出|项目支出|基建支出";
    rows.push("205|教育支出|3|1|2|1");
    let reading = read_rows(&rows);
    let unknown = at(&reading, "F5");
    assert_eq!((unknown.component.as_str(), unknown.phase.as_str(), unknown.unit.as_str()), ("", "", "万元"));
    assert!(finding(&reading, "extract.unknown_column").contains("基建支出"));

    let reading = read_rows(&["政府采购情况表", "单位：元", "项目|金额", "合计|3", "军用采购|3"]);
    assert_eq!(at(&reading, "B5").line, None);
    assert!(finding(&reading, "extract.unknown_row").contains("军用采购"));
}

#[test]
fn units_come_from_header_sheet_footnote_or_workbook() {
    let mut rows = EXPENDITURE.to_vec();
    rows[1] = "部门：某局";
    rows[2] = "项目|<|本年支出合计（元）|基本支出(万元)|项目支出";
    rows.extend(["205|教育支出|3|1|2", "注：本表以“千元”为金额单位。"]);
    let reading = read_rows(&rows);
    assert_eq!(at(&reading, "C5").unit, "元");
    assert_eq!(at(&reading, "D5").unit, "万元");
    assert_eq!((at(&reading, "E5").unit.as_str(), at(&reading, "E5").unit_source.as_str()), ("千元", "footnote"));

    rows.truncate(5);
    rows[2] = EXPENDITURE[2];
    assert_eq!(at(&read_rows(&rows), "C5").unit, "");
    rows[1] = "|||单位|：万元";
    assert_eq!(at(&read_rows(&rows), "C5").unit, "万元");
    rows[1] = "单位：元||||金额单位：万元";
    let reading = read_rows(&rows);
    assert!(finding(&reading, "extract.contradicting_units").contains("万元"));
}

#[test]
fn the_same_total_under_two_units_is_flagged() {
    let mut first = EXPENDITURE.to_vec();
    first.push("合计|<|26486.54|1|");
    let second =
        ["收入决算表", "单位：元", "项目|<|本年收入合计|财政拨款收入", "科目编码|科目名称||", "合计|<|26486.54|1"];
    let document = document(vec![grid("1", 1, &first), grid("2", 2, &second)]);
    let reading = read(&document, &layouts(), &PlaceHint::default());
    assert!(finding(&reading, "extract.unit_by_magnitude").contains("26486.54"));
    assert_eq!(reading.figures.len(), 4);
}

#[test]
fn empty_tables_are_told_from_declared_empty_ones() {
    let empty = expenditure(&["合计|<|||"]);
    assert_eq!(empty.tables[0].state, TableState::Empty);
    let declared = expenditure(&["合计|<|||", "注：某局2024年度无此项支出，故本表为空表。"]);
    assert_eq!(declared.tables[0].state, TableState::DeclaredEmpty);
    let without_grid =
        read_rows(&["政府性基金预算财政拨款收入支出决算表", "本部门本年度无政府性基金预算财政拨款收支，本表为空。"]);
    assert_eq!(without_grid.tables[0].state, TableState::DeclaredEmpty, "{:?}", without_grid.findings);
    let both = expenditure(&["合计|<|5|5|", "说明：本部门没有此项支出，本表无数据。"]);
    finding(&both, "extract.declared_empty_with_figures");
}

#[test]
fn covers_and_contents_cost_nothing() {
    let rows = ["目录", "一、收入支出决算总表", "二、收入决算表", "三、支出决算表", "四、财政拨款收入支出决算总表"];
    let reading = read_rows(&rows);
    assert!(reading.figures.is_empty() && reading.tables.is_empty());
    assert!(reading.findings.iter().all(|finding| finding.severity == juesuan::inner::vocabulary::Severity::Info));
}

#[test]
fn inspection_explains_itself() {
    let mut rows = EXPENDITURE.to_vec();
    rows.push("205|教育支出|3|1|2");
    let inspection = inspect(&document(vec![grid("表3", 1, &rows)]), &layouts(), &PlaceHint::default());
    let text = inspection.to_string();
    for part in [
        "支出决算表  [A1]",
        "base/expenditure: title and columns",
        "base/expenditure_by_unit: lacks",
        "万元  [E2]",
        "项目 > 科目编码  → row label",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(serde_json::to_string(&inspection).unwrap().contains("\"unit_place\":\"E2\""));
}

#[test]
fn columns_that_lost_the_label_between_them_mean_nothing() {
    let columns = "合计|因公出国（境）费|公务用车购置费|公务用车运行费|公务接待费";
    let twice = format!("{columns}|{columns}");
    let amounts = "5|1|1|1|2|4|1|1|1|1";
    let title = ["财政拨款“三公”经费支出决算表", "单位：万元"];
    let reading = read_rows(&[title[0], title[1], &twice, amounts]);
    assert_eq!(reading.figures.len(), 0);
    assert!(finding(&reading, "extract.unfit_table").contains("a label that tells its columns apart"));

    let reading = read_rows(&[title[0], title[1], &format!("{columns}|合计"), "5|1|1|1|2|4"]);
    let meaning = |cell: &str| (at(&reading, cell).phase.as_str(), at(&reading, cell).line.as_deref());
    assert_eq!((meaning("A4"), meaning("F4")), (("", None), ("", None)));
    assert_eq!(meaning("E4"), ("final_account", Some("three_public.reception")));
    assert_eq!(reading.findings.iter().filter(|finding| finding.check_id == "extract.columns_alike").count(), 2);
    assert!(finding(&reading, "extract.columns_alike").contains("“合计”"));

    let reading = read_rows(&[title[0], title[1], "预算数|<|<|<|<|决算数|<|<|<|<", &twice, amounts]);
    assert_eq!(
        (at(&reading, "A5").phase.as_str(), at(&reading, "F5").phase.as_str()),
        ("initial_budget", "final_account")
    );
    assert!(!reading.findings.iter().any(|finding| finding.check_id == "extract.columns_alike"));
}
