//! Either language, whole: whatever language the run spoke.

use regex::Regex;

use crate::reporting::Desk;

const CELL: &str = "统计局/2023/决算报表.xlsx!GK06 一般公共预算财政拨款支出决算表!E11";
const LINE: &str = "统计局/2023/决算说明.txt:12";

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
    the_ledger_names_tables_and_lines(&english);
}

fn explain_says_findings_in_the_language_asked_for(english: &Desk, chinese: &Desk) {
    let explained = |desk: &Desk, figure: &str, language: &str| {
        desk.must(&["explain", figure, "--warehouse", "w.duckdb", "--lang", language])
    };
    for figure in [CELL, LINE] {
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
        told.contains("Text total = summary total (收入支出总计): 56,864,811,300 ≠ 5,686,481.13, difference"),
        "{told}"
    );
    assert!(!told.contains("相差") && !told.contains('：'), "{told}");
    // A blank cell that was compared has a place, too.
    let told = explained(english, CELL, "en");
    let blank = told.lines().find(|line| line.contains("(blank)")).unwrap();
    assert!(blank.contains("right +") && blank.contains("GK06 一般公共预算财政拨款支出决算表!D11"), "{blank}");
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
    assert!(
        chinese.contains(&"文字 · 公务用车加油|公务用车维修|公务用车保险|公务用车其他支出".to_owned()),
        "{chinese:?}"
    );
    let code = Regex::new(r"[a-z]_[a-z]|[\[\]@]|[a-z]\.[a-z]").unwrap();
    for told in chinese.iter().chain(&english) {
        assert!(!code.is_match(told), "{told}");
    }
    let letters = Regex::new("[A-Za-z]{2}").unwrap();
    assert!(chinese.iter().all(|told| !letters.is_match(told)), "{chinese:?}");
    let signs = Regex::new(r"\p{Han}").unwrap();
    assert!(english.iter().all(|told| !signs.is_match(told)), "{english:?}");
}
