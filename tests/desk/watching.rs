//! `juesuan status` and `juesuan diff`.

use crate::desk_world::DeskWorld;

#[test]
fn status_shows_freshness_runs_coverage_and_what_failed() {
    let desk = DeskWorld::with_old();
    let versions = desk.folder.path().join("juesuan.duckdb.state/versions");
    std::fs::create_dir_all(&versions).unwrap();
    std::fs::copy(desk.old(), versions.join("00000001.duckdb")).unwrap();
    let text = desk.says(&["status"]);
    for expected in [
        "days ago",
        "00000001",
        "the file is not a workbook",
        "坏文件.xls",
        "What it compares",
        "Earlier versions kept: 00000001",
    ] {
        assert!(text.contains(expected), "{expected} not in\n{text}");
    }
    assert!(desk.says(&["status", "--lang", "zh"]).contains("未载入的文件"));
    assert!(!text.contains("核对内容") && desk.says(&["status", "--lang", "zh"]).contains("核对内容"));
    let json = desk.json(&["status", "--json"]);
    assert_eq!(json["freshness"][0]["last_run"], "00000001");
    assert_eq!(json["coverage"][0]["fiscal_year"], 2022);
    assert_eq!(json["quarantined"][0]["file"], "坏文件.xls");
    assert!(json["age_seconds"].as_i64().unwrap() > 0);
}

#[test]
fn diff_shows_documents_revised_figures_and_findings() {
    let desk = DeskWorld::with_old();
    let json = desk.json(&["diff", "old.duckdb", "juesuan.duckdb", "--json"]);
    let documents = json["documents"].as_array().unwrap();
    let changes: Vec<&str> = documents.iter().map(|row| row["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["added", "replaced"]);
    let revised: Vec<&serde_json::Value> =
        json["figures"].as_array().unwrap().iter().filter(|row| row["change"] == "revised").collect();
    assert_eq!(revised.len(), 2);
    assert_eq!(revised[0]["old_amount_yuan"], "1234500.00");
    assert_eq!(revised[0]["new_amount_yuan"], "1234600.00");
    assert_eq!(revised[0]["change_yuan"], "100.00");
    assert!(revised[0]["new_place"].as_str().unwrap().contains("更正"));
    let claims = json["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 1, "{claims:?}");
    assert_eq!((&claims[0]["old_printed"], &claims[0]["new_printed"]), (&"123.40".into(), &"123.45".into()));
    assert_eq!((&claims[0]["change_yuan"], &claims[0]["change"]), (&"500.00".into(), &"revised".into()));
    assert_eq!(claims[0]["new_place"], "示例局/决算说明.txt:7:13");
    assert_eq!(json["findings"][0]["change"], "closed");
    let text = desk.says(&["diff", "old.duckdb", "juesuan.duckdb"]);
    assert!(text.contains("Figures revised") && text.contains("closed"), "{text}");
    let same = desk.says(&["diff", "old.duckdb", "old.duckdb"]);
    assert_eq!(same.matches("no change").count(), 5, "{same}");
    assert!(desk.refuses(&["diff", "old.duckdb", "none.duckdb"]).contains("restore --list"));
}
