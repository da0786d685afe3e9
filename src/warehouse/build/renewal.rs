//! How the table of a script is brought up to date, as its header says: `-- update:` and the column that names the department, the
//! disclosure or the region of a row. A table whose header says nothing is made anew.

use super::script::Script;

/// Dimensions whose rows are compared to find the families that changed.
pub const OF_A_FAMILY: [&str; 2] = ["core.dim_document", "core.dim_department"];
const AND_REGION: &str = ", region_code";

/// The scripts that rest on documents, and those that rest on them: the reference lists are what they were.
pub fn of_documents(scripts: &[Script]) -> Vec<&Script> {
    let mut found: Vec<&Script> = Vec::new();
    for script in scripts {
        let is_of_documents = |name: &str| is_staged(name) || found.iter().any(|other| table_of(other) == Some(name));
        if script.names().any(is_of_documents) {
            found.push(script);
        }
    }
    found
}

/// A table of the load package.
pub fn is_staged(name: &str) -> bool {
    name.starts_with("stage.") && !name.starts_with("stage.reference_")
}

pub fn table_of(script: &Script) -> Option<&str> {
    script.creates.as_ref().map(|(_, table)| table.as_str())
}

/// The table of a script whose rows an update replaces by department: of departments that did not change they stay as they are.
pub fn updated_by_department(script: &Script) -> Option<&str> {
    updated_by(script).filter(|(_, column)| *column == "department_key").map(|(table, _)| table)
}

/// The table of a script and the column by which its rows are replaced, where its header names one.
pub fn updated_by(script: &Script) -> Option<(&str, &str)> {
    let (_, table) = script.creates.as_ref()?;
    let (_, column) = script.header.remark("update").filter(|_| updated_by_region(script).is_none())?;
    Some((table, column))
}

/// The table of a script and the column that names the region of a row, or its department.
pub fn updated_by_region(script: &Script) -> Option<(&str, &str)> {
    let (_, table) = script.creates.as_ref()?;
    let (_, column) = script.header.remark("update")?;
    if column == "region_code" { Some((table, column)) } else { Some((table, column.strip_suffix(AND_REGION)?)) }
}
