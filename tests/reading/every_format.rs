//! One oddity at a time, in every format that can hold it: the same small table is written in each of them, and the same is
//! read from all.

use std::collections::BTreeMap;

use juesuan::inner::decode::{Document, Limits, decode, hidden_findings};
use juesuan::inner::extract::table::{Layouts, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::normalise::{ClassNames, Units, UsualDecimals, normalise_figure};
use juesuan::inner::project::Project;
use juesuan_corpus::write::{
    Biff, CodePage, Look, Merge, Position, Sheet, TextEncoding, Value, Workbook, write_bare_xls, write_delimited,
    write_flat_ods, write_html_workbook, write_ods, write_spreadsheet_xml, write_xls, write_xlsb, write_xlsm,
    write_xlsx,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Xlsx,
    Xlsm,
    Xlsb,
    Xls,
    /// BIFF5: no merges.
    Xls5,
    /// Records without their container.
    BareXls,
    Ods,
    Fods,
    SpreadsheetMl,
    /// No number formats.
    Html,
    /// Texts alone.
    Csv,
}

use Form::{BareXls, Csv, Fods, Html, Ods, SpreadsheetMl, Xls, Xls5, Xlsb, Xlsm, Xlsx};

const ALL: [Form; 11] = [Xlsx, Xlsm, Xlsb, Xls, Xls5, BareXls, Ods, Fods, SpreadsheetMl, Html, Csv];
const WITH_FORMATS: [Form; 9] = [Xlsx, Xlsm, Xlsb, Xls, Xls5, BareXls, Ods, Fods, SpreadsheetMl];
const THAT_HIDE: [Form; 10] = [Xlsx, Xlsm, Xlsb, Xls, Xls5, BareXls, Ods, Fods, SpreadsheetMl, Html];
const THAT_MERGE: [Form; 8] = [Xlsx, Xlsm, Xlsb, Xls, Ods, Fods, SpreadsheetMl, Html];
const THAT_COVER: [Form; 6] = [Xlsx, Xlsm, Xlsb, Xls, Ods, Fods];

impl Form {
    fn opened(self, sheets: Vec<Sheet>) -> Document {
        let book = Workbook { sheets };
        let (name, bytes) = match self {
            Xlsx => ("表.xlsx", write_xlsx(&book)),
            Xlsm => ("表.xlsm", write_xlsm(&book)),
            Xlsb => ("表.xlsb", write_xlsb(&book)),
            Xls => ("表.xls", write_xls(&book, Biff::Eight, CodePage::Right)),
            Xls5 => ("旧.xls", write_xls(&book, Biff::Five, CodePage::Right)),
            BareXls => ("裸.xls", write_bare_xls(&book, Biff::Eight, CodePage::Right)),
            Ods => ("表.ods", write_ods(&book)),
            Fods => ("表.fods", Ok(write_flat_ods(&book))),
            SpreadsheetMl => ("网.xls", Ok(write_spreadsheet_xml(&book))),
            Html => ("页.xls", write_html_workbook(&book, TextEncoding::Utf8)),
            Csv => ("表.csv", write_delimited(&book.sheets[0], ',', TextEncoding::Utf8)),
        };
        decode(&bytes.unwrap(), name, &Limits::default()).unwrap_or_else(|failure| panic!("{self:?}: {failure}"))
    }
}

/// What is read: `cell value unit` of every figure, how often each finding is told, and the codes of rows.
#[derive(Debug, Default)]
struct Read {
    figures: Vec<String>,
    told: BTreeMap<String, usize>,
    codes: Vec<String>,
}

fn figures(document: &Document) -> Read {
    let project = Project::built_in();
    let reading = read(document, &Layouts::load(&project).unwrap(), &PlaceHint::default());
    let (classes, units) = (ClassNames::load(&project).unwrap(), Units::load(&project).unwrap());
    let usual = UsualDecimals::of(&reading.figures);
    let mut found = Read::default();
    let mut tell = |check: &str| *found.told.entry(check.to_owned()).or_default() += 1;
    hidden_findings(document).iter().for_each(|finding| tell(&finding.check_id));
    document.findings.iter().for_each(|finding| tell(&finding.check_id));
    reading.findings.iter().for_each(|finding| tell(&finding.check_id));
    for raw in reading.figures {
        found.codes.extend(raw.code.clone());
        let (figure, finding) = normalise_figure("doc", raw, &classes, &units, &usual);
        finding.iter().for_each(|finding| tell(&finding.check_id));
        found.figures.extend(figure.map(|one| format!("{} {} {}", one.cell, one.value.normalize(), one.unit)));
    }
    found.codes.dedup();
    found
}

fn number(value: f64) -> Value {
    Value::Number { value, shown: value.to_string() }
}

/// Two rows of expenditure under a unit; C4 to E5 are the amounts.
fn table(unit: &str, amounts: [[f64; 3]; 2]) -> Sheet {
    let mut sheet = Sheet::new("支出决算表");
    sheet.text(0, 0, "2023年度支出决算表");
    sheet.text(1, 4, unit);
    for (column, label) in (0..).zip(["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"])
    {
        sheet.text(2, column, label);
    }
    sheet.text(3, 1, "合计");
    sheet.text(4, 0, "2012601");
    sheet.text(4, 1, "行政运行");
    for (row, amounts) in (3..).zip(amounts) {
        for (column, amount) in (2..).zip(amounts) {
            sheet.put(row, column, number(amount));
        }
    }
    sheet
}

const SMALL: [[f64; 3]; 2] = [[9.5, 5.25, 4.25], [9.5, 5.25, 4.25]];
const PLAIN: [&str; 6] = ["C4 9.5 万元", "D4 5.25 万元", "E4 4.25 万元", "C5 9.5 万元", "D5 5.25 万元", "E5 4.25 万元"];

fn small() -> Sheet {
    table("单位：万元", SMALL)
}

fn without(cells: &[&str]) -> Vec<&'static str> {
    PLAIN.into_iter().filter(|figure| !cells.iter().any(|cell| figure.starts_with(cell))).collect()
}

fn told(found: &Read, check: &str) -> usize {
    found.told.get(check).copied().unwrap_or(0)
}

#[test]
fn the_table_itself_is_read_from_every_format() {
    for form in ALL {
        let found = figures(&form.opened(vec![small()]));
        assert_eq!(found.figures, PLAIN, "{form:?}");
        assert_eq!((found.codes, found.told.len()), (vec!["2012601".to_owned()], 0), "{form:?} {:?}", found.told);
    }
}

#[test]
fn flat_files_are_read_in_sixteen_bits_too() {
    let book = Workbook { sheets: vec![small()] };
    for (name, bytes) in [("表.xls", write_spreadsheet_xml(&book)), ("表.fods", write_flat_ods(&book))] {
        let text = String::from_utf8(bytes).unwrap().replace("UTF-8", "UTF-16");
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(figures(&decode(&wide, name, &Limits::default()).unwrap()).figures, PLAIN, "{name}");
    }
}

/// Excel names the look of a cell by a class whose rule stands in the head of the page.
#[test]
fn what_the_style_sheet_of_a_page_hides_or_strikes_out_is_none() {
    let page = |styled: &str| {
        let bytes = write_html_workbook(&Workbook { sheets: vec![small()] }, TextEncoding::Utf8).unwrap();
        let rules = "<style><!-- td {padding:0} .xl65, .xl67\n{color:red;\n text-decoration:line-through;} tr.xl66 {display:none} --></style></head>";
        let text = String::from_utf8(bytes).unwrap().replace("</head>", rules);
        decode(text.replacen("<td>5.25</td>", styled, 1).as_bytes(), "页.xls", &Limits::default()).unwrap()
    };
    for styled in [
        "<td class=xl65>5.25</td>",
        "<td class='xl24 xl67'>5.25</td>",
        "<td style='text-decoration: line-through'>5.25</td>",
        "<td><span style='text-decoration:underline line-through'>5.25</span></td>",
    ] {
        let found = figures(&page(styled));
        assert_eq!((found.figures.len(), told(&found, "cell.struck_out")), (5, 1), "{styled}");
    }
    let found = figures(&page("<td class=xl66>5.25</td>"));
    assert_eq!((found.figures.len(), told(&found, "decode.hidden")), (5, 1));
    assert_eq!(figures(&page("<td class=xl99>5.25</td>")).figures, PLAIN);
}

#[test]
fn formats_that_scale_show_ten_thousands() {
    for form in WITH_FORMATS {
        for code in ["0!.0000", "0\".\"0000", "0\\.0000", "#,##0.00,,\n%", "0!.0,", "0\".\"0,\"万元\""] {
            let mut sheet = table("单位：万元", SMALL.map(|row| row.map(|amount| amount * 10_000.0)));
            let amounts: Vec<Position> =
                (3..5).flat_map(|row| (2..5).map(move |column| Position::new(row, column))).collect();
            sheet.looks.extend(amounts.into_iter().map(|at| (at, Look::Format(code))));
            let found = figures(&form.opened(vec![sheet]));
            assert_eq!(found.figures, PLAIN, "{form:?} {code}");
            assert_eq!(found.told, BTreeMap::new(), "{form:?} {code}");
        }
    }
}

#[test]
fn a_format_and_a_heading_that_disagree_are_told() {
    for form in WITH_FORMATS {
        let mut sheet = table("单位：百万元", SMALL);
        sheet.looks.insert(Position::new(3, 3), Look::Format("0\".\"0,\"万元\""));
        let found = figures(&form.opened(vec![sheet]));
        assert_eq!((found.figures.len(), told(&found, "cell.format_and_unit")), (5, 1), "{form:?}: {:?}", found.told);
        // 元 shown as 万元 under a heading that says 元: what is stored is what the heading says.
        let mut sheet = table("单位：元", SMALL);
        sheet.looks.insert(Position::new(3, 3), Look::Format("0\".\"0,\"万元\""));
        let found = figures(&form.opened(vec![sheet]));
        assert_eq!((found.figures[1].as_str(), found.told.len()), ("D4 5.25 元", 0), "{form:?}: {:?}", found.told);
    }
}

#[test]
fn amounts_beyond_belief_are_told_in_every_format() {
    for form in ALL {
        let found = figures(&form.opened(vec![table("单位：万元", [[14_309_000.0, 11_307_000.0, 3_002_000.0]; 2])]));
        assert_eq!((told(&found, "extract.magnitude"), found.figures.len()), (1, 6), "{form:?}");
    }
}

#[test]
fn what_is_hidden_is_no_figure_and_is_told() {
    for form in THAT_HIDE {
        let mut rows = small();
        rows.hidden_rows.push(4);
        let found = figures(&form.opened(vec![rows]));
        assert_eq!(found.figures, without(&["C5", "D5", "E5"]), "{form:?}");
        assert_eq!(told(&found, "decode.hidden"), 1, "{form:?}");
        let mut columns = small();
        columns.text(2, 5, "经营支出");
        (3..5).for_each(|row| columns.put(row, 5, number(77.0)));
        columns.hidden_columns.push(5);
        let found = figures(&form.opened(vec![columns]));
        assert_eq!((found.figures.as_slice(), told(&found, "decode.hidden")), (PLAIN.map(String::from).as_slice(), 1));
        if form != Html {
            let draft =
                Sheet { name: "草稿".into(), hidden: true, ..table("单位：万元", [[99.0, 90.0, 9.0]; 2]) };
            let found = figures(&form.opened(vec![small(), draft]));
            assert_eq!(found.figures, PLAIN, "{form:?}");
            assert_eq!(told(&found, "decode.hidden"), 1, "{form:?}");
        }
    }
}

#[test]
fn values_below_a_merge_are_no_figures() {
    for form in THAT_COVER {
        let mut sheet = small();
        sheet.merges.push(Merge { first: Position::new(0, 0), last: Position::new(0, 4) });
        sheet.put(0, 4, number(77.0));
        let found = figures(&form.opened(vec![sheet]));
        assert_eq!(found.figures, PLAIN, "{form:?}");
        assert_eq!(told(&found, "decode.hidden"), 1, "{form:?}");
    }
}

#[test]
fn one_amount_for_two_rows_is_a_doubt() {
    for form in THAT_MERGE {
        let mut sheet = small();
        sheet.merges.push(Merge { first: Position::new(3, 3), last: Position::new(4, 3) });
        sheet.cells.remove(&Position::new(4, 3));
        let found = figures(&form.opened(vec![sheet]));
        assert_eq!(found.figures, without(&["D5"]), "{form:?}");
        assert_eq!(told(&found, "cell.merged_amount"), 2, "{form:?}");
    }
}

#[test]
fn formulas_without_a_value_are_told_in_every_format() {
    for form in ALL {
        let mut sheet = small();
        sheet.looks.insert(Position::new(3, 3), Look::Formula);
        let found = figures(&form.opened(vec![sheet]));
        assert_eq!(found.figures, without(&["D4"]), "{form:?}");
        assert_eq!(told(&found, "cell.formula_without_value"), 1, "{form:?}");
    }
}

#[test]
fn struck_out_numbers_are_told() {
    for form in THAT_HIDE {
        let mut sheet = small();
        sheet.looks.insert(Position::new(3, 3), Look::Struck);
        sheet.text(4, 3, "5.25");
        sheet.looks.insert(Position::new(4, 3), Look::Struck);
        let found = figures(&form.opened(vec![sheet]));
        assert_eq!(found.figures, without(&["D4", "D5"]), "{form:?}");
        assert_eq!(told(&found, "cell.struck_out"), 2, "{form:?}");
    }
}

#[test]
fn codes_keep_their_digits_under_every_format() {
    for form in WITH_FORMATS {
        for code in ["yyyy-mm-dd", "#,##0.00", "0.0", "0!.0000", "#,##0.00,,\n%"] {
            let mut sheet = small();
            sheet.put(4, 0, number(2_012_601.0));
            sheet.looks.insert(Position::new(4, 0), Look::Format(code));
            assert_eq!(figures(&form.opened(vec![sheet])).codes, ["2012601"], "{form:?} {code}");
        }
    }
    // Without number formats the date is what is printed.
    for form in [Html, Csv] {
        for printed in ["7410-04-24", "7410/4/24", "7410年4月24日"] {
            let mut sheet = small();
            sheet.text(4, 0, printed);
            assert_eq!(figures(&form.opened(vec![sheet])).codes, ["2012601"], "{form:?} {printed}");
        }
    }
    let mut sheet = small();
    sheet.text(4, 0, "=\"2012601\"");
    assert_eq!(figures(&Csv.opened(vec![sheet])).codes, ["2012601"]);
}

#[test]
fn dirty_cells_are_read_or_told_in_every_format() {
    for form in ALL {
        for (printed, value, check) in [
            ("5.25\u{200b}", Some("5.25"), ""),
            ("￥5.25", Some("5.25"), ""),
            ("'5.25", Some("5.25"), ""),
            ("5.25*", Some("5.25"), ""),
            ("5.25、", Some("5.25"), ""),
            ("约5.25", None, "cell.approximate"),
            ("5.25①", None, "cell.not_a_number"),
            ("900 300", None, "cell.several_numbers"),
            ("900\n300", None, "cell.several_numbers"),
            ("叁佰元整", None, "cell.words"),
        ] {
            // GBK, which BIFF5 holds, lacks U+200B; it has ￥ and ①.
            if form == Xls5 && printed.contains('\u{200b}') {
                continue;
            }
            let mut sheet = small();
            sheet.text(3, 3, printed);
            let found = figures(&form.opened(vec![sheet]));
            let expected: Vec<&str> = if value.is_some() { PLAIN.to_vec() } else { without(&["D4"]) };
            assert_eq!(found.figures, expected, "{form:?} {printed:?} {:?}", found.told);
            assert!(check.is_empty() || told(&found, check) == 1, "{form:?} {printed:?} {:?}", found.told);
        }
    }
}
