//! The built-in layouts read their own fixtures.

use juesuan::inner::extract::table::lint;
use juesuan::inner::project::Project;

#[test]
fn every_built_in_layout_reads_its_fixtures() {
    let problems: Vec<String> = lint(&Project::built_in()).iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
