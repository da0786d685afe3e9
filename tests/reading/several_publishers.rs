//! Workbooks of several departments or years: each publisher's sheets are a disclosure of its own, or the workbook is
//! refused by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use juesuan_corpus::write::{
    Biff, CodePage, Sheet, TextEncoding, Value, Workbook, WriteError, write_flat_ods, write_html_workbook, write_ods,
    write_spreadsheet_xml, write_xls, write_xlsb, write_xlsm, write_xlsx,
};

use crate::common::{juesuan, rows, run, text};

/// One table of expenditure: 单位：万元, two lines and their total.
fn sheet(name: &str, title: &str, department: &str, thousand: f64) -> Sheet {
    let mut sheet = Sheet::new(name);
    sheet.text(0, 0, title);
    sheet.text(1, 0, department);
    sheet.text(1, 4, "单位：万元");
    for (column, label) in (0..).zip(["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"])
    {
        sheet.text(2, column, label);
    }
    for (row, (code, label, share)) in
        (3..).zip([("", "合计", 3.0), ("2010101", "行政运行", 2.0), ("2010102", "一般行政管理事务", 1.0)])
    {
        sheet.text(row, 0, code);
        sheet.text(row, 1, label);
        let basic = if code == "2010102" { 0.0 } else { 2.0 };
        for (column, part) in (2..).zip([share, basic, share - basic]) {
            let value = thousand * part;
            sheet.put(row, column, Value::Number { value, shown: format!("{value:.2}") });
        }
    }
    sheet
}

fn of(department: &str, year: i32, thousand: f64) -> Sheet {
    let title = format!("{year}年度支出决算表");
    sheet(&format!("{department}{year}"), &title, &format!("部门：{department}"), thousand)
}

fn book(sheets: Vec<Sheet>) -> Workbook {
    Workbook { sheets }
}

type Writer = fn(&Workbook) -> Result<Vec<u8>, WriteError>;

/// Every format that holds several sheets.
const FORMATS: [(&str, Writer); 9] = [
    ("biff8.xls", |book| write_xls(book, Biff::Eight, CodePage::Right)),
    ("biff5.xls", |book| write_xls(book, Biff::Five, CodePage::Right)),
    ("book.xlsx", write_xlsx),
    ("book.xlsm", write_xlsm),
    ("book.xlsb", write_xlsb),
    ("book.ods", write_ods),
    ("flat.fods", |book| Ok(write_flat_ods(book))),
    ("markup.xls", |book| Ok(write_spreadsheet_xml(book))),
    ("page.xls", |book| write_html_workbook(book, TextEncoding::Utf8)),
];

/// Figures by file, department and year, and the identifiers and messages of findings by file.
struct Loaded {
    figures: BTreeMap<(String, String, String), usize>,
    totals: BTreeMap<String, BTreeSet<String>>,
    findings: BTreeMap<String, Vec<(String, String)>>,
}

fn loaded(source: &Path) -> Loaded {
    let out = tempfile::tempdir().unwrap();
    let ended = run(source, out.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let mut found = Loaded { figures: BTreeMap::new(), totals: BTreeMap::new(), findings: BTreeMap::new() };
    for row in rows(&out.path().join("extracts/figures.csv")) {
        if row["cell"] == "C4" {
            found.totals.entry(row["department"].clone()).or_default().insert(row["amount_yuan"].clone());
        }
        *found
            .figures
            .entry((row["file"].clone(), row["department"].clone(), row["fiscal_year"].clone()))
            .or_default() += 1;
    }
    for row in rows(&out.path().join("extracts/findings.csv")) {
        let told = (row["check_id"].clone(), row["message"].clone());
        found.findings.entry(row["file"].clone()).or_default().push(told);
    }
    found
}

fn told<'a>(found: &'a Loaded, file: &str, check: &str) -> Vec<&'a str> {
    let of_file = found.findings.get(file).into_iter().flatten();
    of_file.filter(|(id, _)| id == check).map(|(_, message)| message.as_str()).collect()
}

#[test]
fn departments_of_one_book_are_disclosures_of_their_own_in_every_format() {
    let source = tempfile::tempdir().unwrap();
    for (at, (file, write)) in (1..).zip(FORMATS) {
        let (one, other) = (format!("第{at}木偶剧团"), format!("第{at}石刻馆"));
        let sheets = vec![of(&one, 2023, 100.0 * f64::from(at)), of(&other, 2023, 1000.0 * f64::from(at))];
        let folder = source.path().join(format!("汇编{at}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), write(&book(sheets)).unwrap()).unwrap();
    }
    let found = loaded(source.path());
    for (at, (file, _)) in (1..).zip(FORMATS) {
        let path = format!("汇编{at}/{file}");
        for (name, factor) in [("木偶剧团", 3_000_000), ("石刻馆", 30_000_000)] {
            let department = format!("第{at}{name}");
            let key = (path.clone(), department.clone(), "2023".to_owned());
            assert_eq!(found.figures.get(&key), Some(&9), "{path} {department}: {:?}", found.figures);
            let total: Vec<&String> = found.totals[&department].iter().collect();
            assert_eq!(total, [&format!("{}.00", factor * at)], "{path}");
        }
        assert_eq!(told(&found, &path, "identity.one_of_several").len(), 2, "{path}");
        assert_eq!(told(&found, &path, "extract.several_publishers"), [""; 0], "{path}");
    }
}

#[test]
fn years_of_one_department_are_told_apart_and_the_path_names_it() {
    let source = tempfile::tempdir().unwrap();
    let folder = source.path().join("上海市普陀区/石刻馆");
    fs::create_dir_all(&folder).unwrap();
    let sheets =
        [2022, 2023].map(|year| sheet(&format!("{year}"), &format!("{year}年度支出决算表"), "", f64::from(year)));
    fs::write(folder.join("两年.xlsx"), write_xlsx(&book(sheets.to_vec())).unwrap()).unwrap();
    let found = loaded(source.path());
    let years: Vec<(&str, &str, usize)> = found
        .figures
        .iter()
        .map(|((_, department, year), count)| (department.as_str(), year.as_str(), *count))
        .collect();
    assert_eq!(years, [("上海市普陀区石刻馆", "2022", 9), ("上海市普陀区石刻馆", "2023", 9)]);
}

#[test]
fn titles_and_sheet_names_say_whose_a_sheet_is() {
    let source = tempfile::tempdir().unwrap();
    let titled =
        ["木偶剧团", "石刻馆"].map(|name| sheet("", &format!("上海市普陀区{name}2023年度支出决算表"), "", 100.0));
    let titled = titled.into_iter().zip(["表一", "表二"]).map(|(sheet, name)| Sheet { name: name.into(), ..sheet });
    fs::write(source.path().join("题名.xlsx"), write_xlsx(&book(titled.collect())).unwrap()).unwrap();
    let named = ["普陀区档案馆", "普陀区河道养护所"].map(|name| sheet(name, "2023年度支出决算表", "", 100.0));
    fs::write(source.path().join("页名.xlsx"), write_xlsx(&book(named.to_vec())).unwrap()).unwrap();
    let found = loaded(source.path());
    let departments: Vec<&str> = found.figures.keys().map(|(_, department, _)| department.as_str()).collect();
    assert_eq!(departments, ["普陀区档案馆", "普陀区河道养护所", "上海市普陀区木偶剧团", "上海市普陀区石刻馆"]);
}

#[test]
fn a_book_whose_sheets_do_not_all_say_whose_they_are_is_refused_by_name() {
    let unnamed = sheet("无名", "2023年度支出决算表", "", 7.0);
    let stacked = {
        let mut first = of("木偶剧团", 2023, 1.0);
        let second = of("石刻馆", 2023, 2.0);
        for (at, value) in second.cells {
            first.put(at.row + 10, at.column, value);
        }
        first
    };
    let cases = [
        (
            "缺名.xlsx",
            vec![of("木偶剧团", 2023, 1.0), of("石刻馆", 2023, 2.0), unnamed],
            "sheet 无名 does not say whose it is",
        ),
        ("同页.xlsx", vec![stacked], "sheet 木偶剧团2023 holds tables of more than one of them"),
        (
            "同名.xlsx",
            vec![of("木偶剧团", 2023, 1.0), of("滨江木偶剧团", 2023, 2.0)],
            "木偶剧团 and 滨江木偶剧团 may be one department or two",
        ),
    ];
    let source = tempfile::tempdir().unwrap();
    for (file, sheets, _) in &cases {
        fs::write(source.path().join(file), write_xlsx(&book(sheets.clone())).unwrap()).unwrap();
    }
    let found = loaded(source.path());
    for (file, _, why) in &cases {
        let refused = told(&found, file, "extract.several_publishers");
        assert!(refused.len() == 1 && refused[0].ends_with(why), "{file}: {:?}", found.findings.get(*file));
        let names: BTreeSet<&str> =
            found.figures.keys().filter(|(of, ..)| of == file).map(|(_, department, _)| department.as_str()).collect();
        assert_eq!(names, BTreeSet::from(["（未知）"]), "{file} belongs to nobody");
    }
}

/// Whether it says so or was left blank.
#[test]
fn an_empty_table_of_another_year_does_not_date_the_figures() {
    let title = |year: i32| format!("{year}年度国有资本经营预算财政拨款支出决算表");
    let empty = |note: Option<&str>| {
        let mut empty = sheet("上年", &title(2022), "部门：木偶剧团", 1.0);
        empty.cells.retain(|place, _| place.row < 3);
        note.into_iter().for_each(|note| empty.text(4, 0, note));
        empty
    };
    let filled = || sheet("本年", &title(2023), "部门：木偶剧团", 1.0);
    let source = tempfile::tempdir().unwrap();
    let declared = empty(Some("说明：木偶剧团本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。"));
    for (file, first) in [("两年.xlsx", declared), ("空表.xlsx", empty(None))] {
        fs::write(source.path().join(file), write_xlsx(&book(vec![first, filled()])).unwrap()).unwrap();
    }
    let found = loaded(source.path());
    let years = |wanted: &str| -> Vec<&str> {
        found.figures.keys().filter(|(file, ..)| file == wanted).map(|(.., year)| year.as_str()).collect()
    };
    for file in ["两年.xlsx", "空表.xlsx"] {
        assert_eq!((years(file), told(&found, file, "identity.one_of_several").len()), (vec!["2023"], 2), "{file}");
    }
}

#[test]
fn a_book_of_one_department_is_not_divided() {
    let source = tempfile::tempdir().unwrap();
    let mut income = of("木偶剧团", 2023, 5.0);
    income.name = "收入".into();
    income.text(0, 0, "2023年度收入决算表");
    let continued = of("木偶剧团", 2023, 1.0);
    fs::write(source.path().join("一家.xlsx"), write_xlsx(&book(vec![continued, income])).unwrap()).unwrap();
    let found = loaded(source.path());
    assert_eq!(told(&found, "一家.xlsx", "identity.one_of_several"), [""; 0]);
    assert_eq!(told(&found, "一家.xlsx", "extract.several_publishers"), [""; 0]);
    let departments: BTreeSet<&str> = found.figures.keys().map(|(_, department, _)| department.as_str()).collect();
    assert_eq!(departments, BTreeSet::from(["木偶剧团"]));
}

#[test]
fn departments_that_print_no_table_in_common_are_told_apart_unless_their_names_are_alike() {
    let source = tempfile::tempdir().unwrap();
    for (file, other) in
        [("生人.xlsx", "石刻馆"), ("分馆.xlsx", "木偶剧团分团排练所"), ("全称.xlsx", "上海市普陀区木偶剧团")]
    {
        let mut general = of(other, 2023, 5.0);
        general.name = "一般公共预算".into();
        general.text(0, 0, "2023年度一般公共预算财政拨款支出决算表");
        let book = book(vec![of("木偶剧团", 2023, 1.0), general]);
        let folder = source.path().join(file.trim_end_matches(".xlsx"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), write_xlsx(&book).unwrap()).unwrap();
    }
    // The first table is empty and names somebody else all the same.
    let mut empty = of("木偶剧团", 2023, 1.0);
    empty.cells.retain(|at, _| at.row < 3);
    let mut general = of("石刻馆", 2023, 5.0);
    general.text(0, 0, "2023年度一般公共预算财政拨款支出决算表");
    fs::write(source.path().join("空表.xlsx"), write_xlsx(&book(vec![empty, general])).unwrap()).unwrap();
    let found = loaded(source.path());
    let of_empty: Vec<&str> = found
        .figures
        .keys()
        .filter(|(file, ..)| file == "空表.xlsx")
        .map(|(_, department, _)| department.as_str())
        .collect();
    assert_eq!(of_empty, ["石刻馆"]);
    let strangers: BTreeSet<&str> = found
        .figures
        .keys()
        .filter(|(file, ..)| file.ends_with("生人.xlsx"))
        .map(|(_, department, _)| department.as_str())
        .collect();
    assert_eq!(strangers, BTreeSet::from(["木偶剧团", "石刻馆"]));
    let alike = told(&found, "分馆/分馆.xlsx", "identity.names_differ");
    assert_eq!(alike, ["its sheets name 木偶剧团、木偶剧团分团排练所: they are read as one department"]);
    assert_eq!(told(&found, "全称/全称.xlsx", "identity.names_differ"), [""; 0]);
}

#[test]
fn a_manifest_that_names_one_department_of_several_is_contradicted() {
    let (source, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let sheets = vec![of("木偶剧团", 2023, 1.0), of("石刻馆", 2023, 2.0)];
    fs::write(source.path().join("汇编.xlsx"), write_xlsx(&book(sheets)).unwrap()).unwrap();
    let manifest = "path,department,region,fiscal_year\n汇编.xlsx,文化局,上海市普陀区,\n";
    fs::write(source.path().join("manifest.csv"), manifest).unwrap();
    let ended = run(source.path(), out.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let figures = rows(&out.path().join("extracts/figures.csv"));
    let departments: BTreeSet<&str> = figures.iter().map(|row| row["department"].as_str()).collect();
    assert_eq!(departments, BTreeSet::from(["上海市普陀区木偶剧团", "上海市普陀区石刻馆"]));
    let findings = rows(&out.path().join("extracts/findings.csv"));
    assert_eq!(findings.iter().filter(|row| row["check_id"] == "identity.manifest_of_several").count(), 2);

    let asked = juesuan()
        .args(["explain", "汇编.xlsx!石刻馆2023!C4", "--warehouse"])
        .arg(out.path().join("w.duckdb"))
        .output()
        .unwrap();
    assert!(text(&asked.stdout).contains("石刻馆"), "{}{}", text(&asked.stdout), text(&asked.stderr));
    let again = run(source.path(), out.path(), &["--accept"]);
    assert!(text(&again.stdout).contains("nothing new"), "{}", text(&again.stdout));
}
