//! Statements are read beside each other: no line of SQL is longer than a screen is wide. Header lines, one remark each, may
//! be, and so may the pages of `sql/report`, whose cells hold whole sentences.

use juesuan::inner::project::Project;

const WIDEST: usize = 120;

#[test]
fn no_line_of_sql_is_wider_than_a_screen() {
    let project = Project::built_in();
    let statements =
        project.files().filter(|file| file.path.ends_with(".sql") && !file.path.starts_with("sql/report/"));
    let mut wide = Vec::new();
    let mut files = 0;
    for file in statements {
        files += 1;
        for (number, line) in file.text.lines().enumerate() {
            if line.chars().count() > WIDEST && !line.starts_with("--") {
                wide.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    assert!(files > 150, "{files} files");
    assert_eq!(wide, Vec::<String>::new());
}
