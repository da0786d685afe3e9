//! The data dictionary: nothing is left unexplained, and the page in `docs/` is the current one.

use std::path::Path;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::data_dictionary;

use super::world::{Rows, built};

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

/// Set `JUESUAN_WRITE_DOCS=1` to write the page anew.
#[test]
fn the_data_dictionary_page_is_current() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data-dictionary.md");
    let text = data_dictionary(&built(&Rows::new()), &Project::built_in()).unwrap();
    if std::env::var_os("JUESUAN_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(page.parent().unwrap()).unwrap();
        std::fs::write(&page, &text).unwrap();
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    assert!(written == text, "docs/data-dictionary.md is out of date: run the tests with JUESUAN_WRITE_DOCS=1");
}
