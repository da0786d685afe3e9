//! Which part of a warehouse is asked about.

/// First and last row.
pub type RowRange = (i64, i64);

/// Answers of governments belong to no disclosure.
pub const OF_GOVERNMENTS: &str = "";

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// Those whose answers follow from one department's documents.
    Disclosures,
    /// Those that compare departments with the figures of their government: `-- about: governments` in their header.
    Governments,
}

impl Scope {
    /// Whether the SQL file of a check belongs to this part.
    pub fn covers(self, sql: &str) -> bool {
        match self {
            Scope::Everything => true,
            Scope::Disclosures => !is_about_governments(sql),
            Scope::Governments => is_about_governments(sql),
        }
    }
}

pub fn is_about_governments(sql: &str) -> bool {
    sql.lines().any(|line| line.starts_with("-- about:"))
}
