//! A count is whole wherever it is shown: never 42.00, and never rounded to be so.

use std::collections::BTreeMap;
use std::fs;

use juesuan::inner::warehouse::Warehouse;

use crate::reporting::Desk;
use crate::world::small_world_in;

/// The small world of `docs/questions.md`: 20 people, 100 residents, three vehicles.
fn small_world() -> Desk {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    small_world_in(Warehouse::create(&desk.folder.path().join("w.duckdb")).unwrap()).finish().unwrap();
    desk
}

/// A CSV file by column.
fn columns(desk: &Desk, name: &str) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(desk.folder.path().join("exported").join(name)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |at: usize| rows.iter().map(|row| row[at].to_owned()).filter(|value| !value.is_empty()).collect();
    headings.iter().enumerate().map(|(at, heading)| (heading.to_owned(), column(at))).collect()
}

#[test]
fn people_and_residents_are_whole_in_queries_and_exports() {
    let desk = small_world();
    let sql = "SELECT staff, population FROM v_department_year WHERE staff IS NOT NULL";
    assert_eq!(desk.asked(sql), "staff,population\n20,100\n");
    let json: serde_json::Value =
        serde_json::from_str(&desk.must(&["query", sql, "--warehouse", "w.duckdb", "--json"])).unwrap();
    assert_eq!((&json[0]["staff"], &json[0]["population"]), (&20.into(), &100.into()));
    desk.must(&["export", "v_department_year", "--warehouse", "w.duckdb"]);
    let long = columns(&desk, "v_department_year.csv");
    assert_eq!(
        (&long["staff"][..], &long["population"][..]),
        (&["20".to_owned()][..], &["100", "100", "100"].map(str::to_owned)[..])
    );
    desk.must(&["export", "v_staff_cost", "--warehouse", "w.duckdb", "--wide"]);
    assert_eq!(columns(&desk, "v_staff_cost.csv")["staff_2023"], ["20"]);
}

#[test]
fn one_column_of_amounts_percents_and_counts_has_no_false_zeros() {
    let desk = small_world();
    let asked = desk.asked("SELECT DISTINCT value FROM v_headline ORDER BY 1");
    let queried: Vec<&str> = asked.lines().skip(1).collect();
    desk.must(&["export", "v_headline", "--warehouse", "w.duckdb"]);
    let exported = columns(&desk, "v_headline.csv");
    assert!(queried.contains(&"20") && queried.len() > 10, "{queried:?}");
    for value in queried.into_iter().chain(exported["value"].iter().map(String::as_str)) {
        assert!(!value.contains('.') || !value.ends_with('0'), "{value}");
    }
    // Half a unit of a number printed with two decimals keeps what is not zero.
    assert_eq!(
        desk.asked("SELECT CAST(1234.5 AS DECIMAL(28, 8)) AS value, CAST(42 AS DECIMAL(28, 8)) AS n"),
        "value,n\n1234.5,42\n"
    );
    assert_eq!(desk.asked("SELECT CAST(42 AS DECIMAL(18, 2)) AS amount"), "amount\n42.00\n", "money keeps its two");
}
