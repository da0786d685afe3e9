//! The data dictionary: nothing is left unexplained, and the page in `docs/` is the current one.

use std::path::Path;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::{data_dictionary, entity_diagram, lint_exactness, question_gallery};

use super::world::{Rows, built, small_world};

#[test]
fn every_table_view_and_column_is_explained_in_both_languages() {
    let warehouse = built(&Rows::new());
    let objects = warehouse
        .query(
            "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() WHERE schema_name IN ('core', 'audit')
             UNION ALL SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE schema_name = 'mart'
             UNION ALL SELECT schema_name || '.' || table_name || '.' || column_name, comment FROM duckdb_columns()
             WHERE schema_name IN ('core', 'audit', 'mart')",
            &[],
        )
        .unwrap();
    assert!(objects.rows.len() > 700, "{} objects", objects.rows.len());
    let unexplained: Vec<String> = objects
        .rows
        .iter()
        .filter(|row| {
            let comment = row[1].shown();
            let is_bilingual =
                comment.chars().any(|c| c > '\u{2e80}') && comment.chars().any(|c| c.is_ascii_alphabetic());
            !is_bilingual
        })
        .map(|row| row[0].shown())
        .collect();
    assert_eq!(unexplained, Vec::<String>::new());
}

#[test]
fn the_data_dictionary_page_is_current() {
    is_current("docs/data-dictionary.md", &data_dictionary(&built(&Rows::new()), &Project::built_in()).unwrap());
}

#[test]
fn questions_and_diagram_are_current() {
    let warehouse = small_world();
    is_current("docs/questions.md", &question_gallery(&warehouse, &Project::built_in()).unwrap());
    is_current("docs/schema.md", &entity_diagram(&warehouse).unwrap());
}

/// A mart says what it is for: two questions an analyst asks, with the statements that answer them.
#[test]
fn every_mart_brings_two_questions() {
    let project = Project::built_in();
    for file in project.under("sql/marts", "sql") {
        let asked = file.text.lines().filter(|line| line.starts_with("-- ask: ")).count();
        assert_eq!(asked, 2, "{}", file.path);
    }
}

/// Set `JUESUAN_WRITE_DOCS=1` to write the pages anew.
fn is_current(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("JUESUAN_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{page} is out of date: run the tests with JUESUAN_WRITE_DOCS=1");
}

#[test]
fn a_statement_that_is_not_exact_is_refused_with_its_line() {
    lint_exactness(&Project::built_in()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("sql/marts")).unwrap();
    for (statement, said) in [
        ("SELECT a / b", "gives a DOUBLE"),
        ("SELECT median(a)", "order of rows"),
        ("SELECT mode (a)", "order of rows"),
    ] {
        let text = format!("-- title: 商 | a / quotient\n\n{statement}, 'x / y' FROM core.t\n");
        std::fs::write(folder.path().join("sql/marts/v_own.sql"), text).unwrap();
        let error = lint_exactness(&Project::with_folder(folder.path()).unwrap()).unwrap_err().to_string();
        assert!(error.contains("v_own.sql:3") && error.contains(said), "{error}");
    }
}
