//! The data dictionary: nothing is left unexplained, and the page in `docs/` is the current one.

use std::path::Path;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::{
    data_dictionary, entity_diagram, first_questions, lint_exactness, lint_names, question_gallery,
};

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

/// An answer is the same every time: rows its order does not tell apart do not differ in what is shown.
#[test]
fn every_question_says_the_order_of_its_rows() {
    let (warehouse, project) = (small_world(), Project::built_in());
    let mut questions: Vec<String> = first_questions(&project).unwrap().into_iter().map(|(_, _, sql)| sql).collect();
    for file in project.under("sql/marts", "sql") {
        questions.extend(file.text.lines().filter_map(|line| line.strip_prefix("-- ask: ")).map(str::to_owned));
    }
    let rows = |sql: &str| warehouse.query(sql, &[]).unwrap();
    let unordered: Vec<&String> = questions
        .iter()
        .filter(|question| {
            let shown = rows(question);
            let Some((body, order)) = question.rsplit_once(" ORDER BY ") else { return shown.rows.len() > 1 };
            if order.split(' ').next() == Some("ALL") {
                return false;
            }
            let (order, limit) = order.split_once(" LIMIT ").unwrap_or((order, "1000000"));
            let with = |direction: &str| {
                let last: String = (1..=shown.columns.len()).map(|place| format!(", {place} {direction}")).collect();
                format!("{:?}", rows(&format!("{body} ORDER BY {order}{last} LIMIT {limit}")).rows)
            };
            with("ASC") != with("DESC")
        })
        .collect();
    assert_eq!(unordered, Vec::<&String>::new());
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
    for (statement, said) in [
        ("SELECT a / b", "gives a DOUBLE"),
        ("SELECT median(a)", "order of rows"),
        ("SELECT mode (a)", "order of rows"),
        ("SELECT arg_min(a, b)", "order of rows"),
        ("SELECT arg_max(a, b)", "order of rows"),
        ("SELECT any_value(a)", "order of rows"),
        ("SELECT string_agg(a, (b || c))", "without ORDER BY"),
        ("SELECT b, (SELECT max(x) FROM core.u WHERE u.k = t.k)", "for every row"),
        ("SELECT b + (SELECT sum(x) FROM core.u WHERE u.k = t.k)", "for every row"),
        ("SELECT (SELECT 2 * coalesce(sum(x), 0) FROM core.u WHERE u.k = t.k)", "for every row"),
        ("SELECT avg(a)", "gives a DOUBLE"),
        ("SELECT fdiv(a, b)", "gives a DOUBLE"),
    ] {
        let error = refused("v_own", &format!("-- title: 商 | a / quotient\n\n{statement}, 'x / y' FROM core.t\n"));
        assert!(error.contains("v_own.sql:3") && error.contains(said), "{statement}: {error}");
    }
}

#[test]
fn a_statement_that_is_exact_is_let_pass() {
    let statement = "-- title: 商 | a / quotient\n\nSELECT a // b, (SELECT count(*) FROM core.u n WHERE n.k > 0), string_agg(c, '/' ORDER BY max(c)) -- a / b
        FROM core.t JOIN (SELECT max(x) FROM core.u) USING (k) WHERE k IN (SELECT max(k) FROM core.u) AND first_year > 2\n";
    let folder = with_view("v_own", statement);
    lint_exactness(&Project::with_folder(folder.path()).unwrap()).unwrap();
}

#[test]
fn two_names_for_one_measure_and_two_measures_of_one_name_are_refused() {
    lint_names(&Project::built_in()).unwrap();
    let error =
        refused("v_own", "-- title: 自 | Own\n-- column spent: 已花金额 | Expenditure of the year\n\nSELECT 1\n");
    assert!(
        error.contains("v_own.sql: column spent means `expenditure of the year`, and so does expenditure"),
        "{error}"
    );
    let error = refused("v_own", "-- title: 自 | Own\n-- column expenditure: 支出 | What was spent\n\nSELECT 1\n");
    assert!(error.contains("column expenditure is described in sql/columns.csv and in"), "{error}");
}

/// What an analyst joins: a department and year in every row, with its series, its quality and where its numbers stand.
#[test]
fn a_mart_of_departments_says_series_quality_and_source() {
    let warehouse = built(&Rows::new());
    let views = warehouse
        .query(
            "SELECT table_name, list(column_name ORDER BY column_name) AS columns,
                    bool_or(data_type LIKE 'DECIMAL%') AS has_amounts
             FROM duckdb_columns() WHERE schema_name = 'mart' GROUP BY table_name
             HAVING bool_or(column_name = 'department_key') AND bool_or(column_name = 'fiscal_year') ORDER BY table_name",
            &[],
        )
        .unwrap();
    assert!(views.rows.len() > 40, "{} views", views.rows.len());
    // Of these the amounts are no figures of a document: a score, a grade's reasons, deflators.
    let without_figures = ["v_identity_score", "v_trust", "v_department_year"];
    let mut missing = Vec::new();
    for row in &views.rows {
        let (name, columns) = (row[0].shown(), row[1].shown());
        let has = |column: &str| columns.split(['[', ']', ',', ' ']).any(|found| found == column);
        missing
            .extend(["series_key", "quality_flag", "level"].iter().filter(|c| !has(c)).map(|c| format!("{name}.{c}")));
        let is_sourced =
            ["figure_key", "number_keys", "claim_key", "final_claim_key", "earlier_place"].iter().any(|key| has(key));
        if row[2].shown() == "true" && !is_sourced && !without_figures.contains(&name.as_str()) {
            missing.push(format!("{name}.number_keys"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

fn with_view(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("sql/marts")).unwrap();
    std::fs::write(folder.path().join(format!("sql/marts/{name}.sql")), text).unwrap();
    folder
}

/// What `juesuan lint` says of a project folder with one view of its own.
fn refused(name: &str, text: &str) -> String {
    let folder = with_view(name, text);
    let project = Project::with_folder(folder.path()).unwrap();
    lint_exactness(&project).and_then(|()| lint_names(&project)).unwrap_err().to_string()
}
