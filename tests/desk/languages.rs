//! Either language, whole: whatever language the run spoke.

use std::process::{Command, Stdio};

use regex::Regex;
use serde_json::{Value as Json, json};

use crate::reporting::Desk;

const CELL: &str = "统计局/2023/决算报表.xlsx!GK06 一般公共预算财政拨款支出决算表!E11";
const LINE: &str = "统计局/2023/决算说明.txt:12";
/// What a SQL file of a check judges: a year that is not the disclosure's own.
const STRAY_YEAR: &str = "信访局/2023/决算说明.docx:59";

#[test]
fn both_languages_are_whole() {
    let english = Desk::of_sample();
    let chinese = Desk { folder: tempfile::tempdir().unwrap() };
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data/disclosures");
    let run = ["run", "--source", sample, "--warehouse", "w.duckdb", "--extracts", "e", "--set", "language=zh"];
    chinese.must(&run);
    explain_says_findings_in_the_language_asked_for(&english, &chinese);
    what_reading_found_is_stored_in_the_language_of_the_run(&english, &chinese);
    pages_say_what_reading_found_in_the_language_asked_for(&english, &chinese);
    assistants_hear_findings_in_the_language_asked_for(&english, &chinese);
    reports_of_findings_speak_the_language_asked_for(&english, &chinese);
    the_ledger_names_tables_and_lines(&english);
}

fn explain_says_findings_in_the_language_asked_for(english: &Desk, chinese: &Desk) {
    let explained = |desk: &Desk, figure: &str, language: &str| {
        desk.must(&["explain", figure, "--warehouse", "w.duckdb", "--lang", language])
    };
    for figure in [CELL, LINE, STRAY_YEAR] {
        for language in ["zh", "en"] {
            let own = if language == "zh" { chinese } else { english };
            let other = if language == "zh" { english } else { chinese };
            assert_eq!(explained(own, figure, language), explained(other, figure, language), "{figure} {language}");
        }
    }
    let told = explained(english, CELL, "zh");
    let told = told.split_once("核对\n").unwrap().1;
    let names = Regex::new(r"\.xlsx\b").unwrap();
    assert!(!Regex::new("[a-z]{3}").unwrap().is_match(&names.replace_all(told, "")), "{told}");
    assert!(told.contains("（20105 统计信息事务 项目支出）：1,098,378.06 ≠ 1,198,378.06，相差 -100,000"), "{told}");
    let told = explained(chinese, LINE, "en");
    assert!(
        told.contains("Text total = summary total (“收入支出总计”): 56,864,811,300 ≠ 5,686,481.13, difference"),
        "{told}"
    );
    assert!(!told.contains("相差") && !told.contains('：'), "{told}");
    assert!(
        explained(english, STRAY_YEAR, "zh").contains("年度前后一致："),
        "{}",
        explained(english, STRAY_YEAR, "zh")
    );
    assert!(explained(chinese, STRAY_YEAR, "en").contains("One fiscal year everywhere: "));
    // An identity that holds keeps what it is about, in words and not in codes.
    assert!(explained(english, STRAY_YEAR, "zh").contains("（离退休人员等）（车辆）"));
    let told = ["zh", "en"].map(|language| explained(english, CELL, language)).concat();
    assert!(!Regex::new(r"[(（][a-z]+_[a-z_]+[)）]").unwrap().is_match(&told), "{told}");
    // A blank cell that was compared has a place, too.
    let told = explained(english, CELL, "en");
    let blank = told.lines().find(|line| line.contains("(blank)")).unwrap();
    assert!(blank.contains("right +") && blank.contains("GK06 一般公共预算财政拨款支出决算表!D11"), "{blank}");
}

fn assistants_hear_findings_in_the_language_asked_for(english: &Desk, chinese: &Desk) {
    let asked = |department: &str| json!({ "department": department, "fiscal_year": 2023, "severity": "info" });
    for (department, of_check, of_reading) in
        [("上海市奉贤区信访局", "S-03", ""), ("上海市奉贤区文化和旅游局（本级）", "B-", "extract.empty_table")]
    {
        for language in ["zh", "en"] {
            let heard = |desk: &Desk| assistant_hears(desk, language, &asked(department));
            let (told, other) = match language {
                "zh" => (heard(chinese), heard(english)),
                _ => (heard(english), heard(chinese)),
            };
            assert_eq!(told, other, "{department} {language}");
            let told = told.to_string();
            assert!(told.contains(of_check) && told.contains(of_reading), "{told}");
        }
    }
}

/// The findings an assistant is told of; the server ends when its client has hung up.
fn assistant_hears(desk: &Desk, language: &str, asked: &Json) -> Json {
    use std::io::Write;
    let arguments = ["mcp", "--warehouse", "w.duckdb", "--lang", language];
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    command.env("LC_ALL", "C.UTF-8").current_dir(desk.folder.path()).args(arguments);
    let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let call = json!({ "name": "findings", "arguments": asked });
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call });
    server.stdin.take().unwrap().write_all(format!("{request}\n").as_bytes()).unwrap();
    let output = server.wait_with_output().unwrap();
    let answer: Json = serde_json::from_slice(&output.stdout).unwrap();
    let findings = answer["result"]["structuredContent"]["findings"].clone();
    assert!(findings.as_array().is_some_and(|findings| !findings.is_empty()), "{answer}");
    findings
}

/// Every shape of `check`, checks of SQL files among them.
fn reports_of_findings_speak_the_language_asked_for(english: &Desk, chinese: &Desk) {
    let date = Regex::new(r"\d\d:\d\d:\d\d").unwrap();
    for format in ["text", "csv", "json", "sarif", "html"] {
        for (language, said) in [("zh", "年度前后一致"), ("en", "One fiscal year everywhere")] {
            let told = |desk: &Desk| {
                let arguments = ["check", "--all", "--warehouse", "w.duckdb", "--format", format, "--lang", language];
                date.replace_all(&desk.must(&arguments), "").into_owned()
            };
            let (of_english, of_chinese) = (told(english), told(chinese));
            assert!(of_english.contains(said), "{format} {language}");
            assert_eq!(of_english, of_chinese, "{format} {language}");
        }
    }
}

/// What reading and what reconciling found stand in one file.
fn what_reading_found_is_stored_in_the_language_of_the_run(english: &Desk, chinese: &Desk) {
    let found = "SELECT message, hint FROM core.fact_finding ORDER BY ALL";
    let (english, chinese) = (english.asked(found), chinese.asked(found));
    assert_eq!(english.lines().count(), chinese.lines().count());
    assert!(english.contains("has no figures and no declaration that there are none"));
    assert!(chinese.contains("国有资本经营预算财政拨款收入支出决算表 没有数字，也没有声明为空,请与文字说明对照"));
    // Names: files, layouts, commands between backquotes.
    let names = Regex::new(r"\.(xlsx?|docx?|txt|csv)\b|\b[a-z]+/[a-z_/]+|`[^`]*`|\bSHA\b").unwrap();
    let words = Regex::new("[a-z]{4}").unwrap();
    for line in chinese.lines().skip(1) {
        assert!(!words.is_match(&names.replace_all(line, "")), "{line}");
    }
}

/// Whatever the run spoke: a page shows what reading found in the language asked for.
fn pages_say_what_reading_found_in_the_language_asked_for(english: &Desk, chinese: &Desk) {
    for (language, other) in [("en", chinese), ("zh", english)] {
        let findings = |desk: &Desk| {
            let page = desk
                .page(&["--lang", language, "--region", "310120"], "<h1>上海市奉贤区文化和旅游局（本级） 2023</h1>");
            let (_, findings) = page.split_once(r#"id="findings""#).unwrap();
            findings.split_once(r#"id="sources""#).unwrap().0.to_owned()
        };
        let own = if language == "en" { english } else { chinese };
        let told = findings(own);
        assert!(told.contains("extract.empty_table"), "{told}");
        assert_eq!(told, findings(other), "{language}");
    }
}

fn the_ledger_names_tables_and_lines(desk: &Desk) {
    let missing = |language: &str, words: &str| -> Vec<String> {
        let told = desk.must(&["check", "--all", "--warehouse", "w.duckdb", "--lang", language]);
        told.lines().filter_map(|line| Some(line.split_once(words)?.1.trim().to_owned())).collect()
    };
    let (chinese, english) = (missing("zh", "表中没有"), missing("en", "the table does not print"));
    assert_eq!(chinese.len(), english.len());
    assert!(chinese.contains(&"财政拨款收入支出决算总表 · 本年支出合计".to_owned()), "{chinese:?}");
    assert!(english.contains(&"Fiscal appropriation summary · Expenditure of the year".to_owned()), "{english:?}");
    let vehicles = "财政拨款“三公”经费支出决算表 · 公务用车购置及运行维护费".to_owned();
    assert!(chinese.contains(&vehicles), "{chinese:?}");
    let code = Regex::new(r"[a-z]_[a-z]|[\[\]@]|[a-z]\.[a-z]").unwrap();
    for told in chinese.iter().chain(&english) {
        assert!(!code.is_match(told), "{told}");
    }
    let letters = Regex::new("[A-Za-z]{2}").unwrap();
    assert!(chinese.iter().all(|told| !letters.is_match(told)), "{chinese:?}");
    let signs = Regex::new(r"\p{Han}").unwrap();
    assert!(english.iter().all(|told| !signs.is_match(told)), "{english:?}");
}
