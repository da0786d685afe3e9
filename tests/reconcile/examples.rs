//! Every check is proven by its own examples: `juesuan lint` runs them.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan::inner::project::Project;
use juesuan::inner::reconcile::{Catalogue, examples};
use juesuan::inner::warehouse::lint_queries;

#[test]
fn every_example_comes_out_as_it_says() {
    let lint = crate::common::juesuan().args(["lint", "--json"]).output().expect("the program starts");
    let said: serde_json::Value = serde_json::from_slice(&lint.stdout).unwrap();
    assert_eq!(said["problems"], serde_json::json!([]));
    assert_eq!(said["uncovered"], serde_json::json!([]));
}

/// A form that prints what a check compares has an example of it; one that has no place for it needs none.
#[test]
fn forms_without_an_example_are_told() {
    let mut catalogue = Catalogue::load(&Project::built_in()).unwrap();
    let mut without = |id: &str| {
        let at = catalogue.checks.iter().position(|check| check.id == id).unwrap();
        Arc::make_mut(&mut catalogue.checks[at]).examples.retain(|example| example.official_form() == "text");
    };
    for id in ["B-01", "W-20", "W-23", "D-01", "B-14"] {
        without(id);
    }
    let told: Vec<String> =
        examples::uncovered(&catalogue).iter().map(|(form, ids)| format!("{form}: {}", ids.join(" "))).collect();
    assert_eq!(
        told,
        ["beijing: B-01", "detail: B-14", "meeting_training: W-23", "national: B-01 W-20", "shanghai: B-01 W-20"]
    );
}

#[test]
fn an_example_of_no_known_form_is_refused() {
    let (path, from) = ("pipelines/checks/d_departments.toml", "form = \"department and units\"");
    let written = std::fs::read_to_string(crate::common::checkout().join(path)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("pipelines/checks")).unwrap();
    std::fs::write(folder.path().join(path), written.replacen(from, "form = \"departments\"", 1)).unwrap();
    let said = Catalogue::load(&Project::with_folder(folder.path()).unwrap()).unwrap_err().to_string();
    assert!(said.contains("no [[form]] is called departments") && said.contains("hint: forms of examples: "), "{said}");
}

#[test]
fn no_check_is_missing_and_each_has_examples() {
    let catalogue = Catalogue::load(&Project::built_in()).unwrap();
    let mut by_letter: BTreeMap<&str, usize> = BTreeMap::new();
    for check in &catalogue.checks {
        *by_letter.entry(&check.id[..1]).or_default() += 1;
        assert!(!check.examples.is_empty(), "{}", check.id);
    }
    let expected = [("B", 40), ("D", 7), ("N", 95), ("P", 5), ("S", 24), ("W", 43), ("X", 20), ("Y", 12)];
    assert_eq!(by_letter, BTreeMap::from(expected));
}

/// What the examples say after one change to one file of the catalogue.
fn after(file: &str, from: &str, to: &str) -> Vec<String> {
    let path = format!("pipelines/checks/{file}");
    let written = std::fs::read_to_string(crate::common::checkout().join(&path)).unwrap();
    assert!(written.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("pipelines/checks")).unwrap();
    std::fs::write(folder.path().join(&path), written.replacen(from, to, 1)).unwrap();
    let project = Project::with_folder(folder.path()).unwrap();
    let catalogue = Catalogue::load(&project).unwrap();
    let mut found = examples::run(&catalogue);
    if from.contains("words") {
        found.extend(lint_queries(&project, &catalogue).unwrap());
    }
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_misreading_that_its_examples_do_not_show_is_told() {
    let file = "misreadings.toml";
    let silent = after(file, "\"去年支出\"", "\"本年支出\"");
    assert!(silent.len() == 1 && silent[0].contains("`before` does not match “本年支出”"), "{silent:?}");
    let doubts = after(file, "\"上年结转资金支出\"", "\"上年财政拨款支出\"");
    assert!(doubts.len() == 1 && doubts[0].contains("`before` matches “上年财政拨款支出”"), "{doubts:?}");
    let none = after(file, "sure = [\"上年结转资金支出\", \"与上年相比,支出决算\"]", "sure = []");
    assert!(none.len() == 1 && none[0].contains("the misreading has no examples"), "{none:?}");
}

#[test]
fn a_weakened_check_is_told() {
    for (file, from, to, id, said) in [
        ("w_within_tables.toml", r#"".project?", "#, "", "W-08", "fires on the rows that hold"),
        ("b_between_tables.toml", "relation = \"<=\"\n", "", "B-06", "fires on the rows that hold"),
        ("b_between_tables.toml", "closed_by = [\"W-03\", \"W-09\"]\n", "", "B-04", "silent on the rows that break it"),
        (
            "s_structure.toml",
            "words = ['(?:X{2,}(?:\\b|\\d)|[Ｘ×*○_＿]{2,})', ",
            "words = [",
            "S-04",
            "silent on the rows that break it",
        ),
    ] {
        let found = after(file, from, to);
        let is_told = |problem: &String| problem.contains(&format!("the check {id}, ")) && problem.contains(said);
        assert!(found.iter().any(is_told), "{id}: {found:?}");
    }
}

#[test]
fn rows_nobody_can_read_are_named_with_their_check() {
    for (wrong, said) in [
        ("expenditur[total] 10.00", "unknown report table"),
        ("expenditure[total] ten", "cannot read the row"),
        ("expenditure[total] 10.00 colour=red", "a row says basis"),
        ("expenditure 10.00", "a row of an example names its row"),
    ] {
        let found = after("b_between_tables.toml", "\"expenditure[total] 10.00\"", &format!("\"{wrong}\""));
        assert!(found.len() == 1 && found[0].contains(said) && found[0].contains("of B-14b"), "{wrong}: {found:?}");
    }
}

#[test]
fn a_check_without_examples_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let checks = folder.path().join("pipelines/checks");
    std::fs::create_dir_all(&checks).unwrap();
    let own = "[[check]]\nid = \"L-01\"\ntitle_zh = \"甲\"\ntitle_en = \"a\"\nseverity = \"error\"\nmethod = \"sum\"\n\
               left = [\"expenditure[total].basic\"]\nright = [\"expenditure[total].project\"]\n";
    std::fs::write(checks.join("own.toml"), own).unwrap();
    let found = examples::run(&Catalogue::load(&Project::with_folder(folder.path()).unwrap()).unwrap());
    assert_eq!(found.len(), 1);
    let said = found[0].to_string();
    assert!(said.contains("own.toml:1") && said.contains("L-01 has no example"), "{said}");
}
