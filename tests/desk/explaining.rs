//! `juesuan explain`.

use crate::desk_world::{DeskWorld, SENTENCE};

#[test]
fn a_cell_is_drawn_from_its_file_with_checks_and_versions() {
    let desk = DeskWorld::new();
    let text = desk.says(&["explain", "示例局/决算报表.xlsx!附表1!C6"]);
    for expected in [
        "the source file is unchanged",
        "version 1 (superseded)",
        "【1234500】",
        "一、公共安全支出",
        "exact · T01-N · Total as in the text (总计)",
        "line 7:13-19 · 示例局/决算说明.txt",
        "The same figure in other versions",
        "1234600.00",
    ] {
        assert!(text.contains(expected), "{expected} not in\n{text}");
    }
    let chinese = desk.says(&["explain", "决算报表.xlsx!C6", "--lang", "zh"]);
    assert!(chinese.contains("源文件未变") && chinese.contains("表头路径"), "{chinese}");
}

#[test]
fn a_key_and_a_cell_name_the_same_figure() {
    let desk = DeskWorld::new();
    let by_key = desk.json(&["explain", "doc_1/1/C6", "--json"]);
    let by_cell = desk.json(&["explain", "示例局/决算报表.xlsx!附表1!C6", "--json"]);
    assert_eq!(by_key, by_cell);
    assert_eq!(by_key["figures"][0]["amount_yuan"], "1234500.00");
    assert_eq!(by_key["figures"][0]["unit_source"], "B2");
    assert_eq!(by_key["checks"][0]["operands"][0]["is_this"], true);
    assert_eq!(by_key["place"]["neighbourhood"]["from_file"], true);
}

#[test]
fn a_changed_or_lost_file_is_drawn_from_the_warehouse() {
    let desk = DeskWorld::new();
    let file = desk.sources().join("示例局/决算报表.xlsx");
    std::fs::write(&file, "another content").unwrap();
    assert!(desk.says(&["explain", "doc_1/1/C4"]).contains("has changed since"));
    std::fs::remove_file(&file).unwrap();
    let text = desk.says(&["explain", "doc_1/1/C4"]);
    assert!(text.contains("is gone") && text.contains("【1234500.00】") && text.contains("=危险(1)"), "{text}");
}

#[test]
fn a_line_shows_its_sentence_with_the_number_marked() {
    let desk = DeskWorld::new();
    let text = desk.says(&["explain", "决算说明.txt:7:13"]);
    assert!(text.contains("总计【123.45】万元") && text.contains("T01-N"), "{text}");
    let all = desk.json(&["explain", "示例局/决算说明.txt:7", "--json"]);
    assert_eq!(all["place"]["text"], SENTENCE);
    assert_eq!(all["figures"].as_array().unwrap().len(), 2);
    let one = desk.json(&["explain", "doc_2/7:25/1", "--json"]);
    assert_eq!(one["figures"][0]["value"], "-7");
}

#[test]
fn what_cannot_be_found_says_what_to_do() {
    let desk = DeskWorld::new();
    assert!(desk.refuses(&["explain", "nothing"]).contains("hint: give a figure_key"));
    assert!(desk.refuses(&["explain", "决算报告.xlsx!附表1!C6"]).contains("closest:"));
    assert!(desk.refuses(&["explain", "示例局/决算报表.xlsx!附表9!C6"]).contains("附表1"));
    assert!(desk.refuses(&["explain", "决算说明.txt:99"]).contains("line 99"));
    assert!(desk.says(&["explain", "示例局/决算报表.xlsx!附表1!A1"]).contains("Nothing at this place"));
}
