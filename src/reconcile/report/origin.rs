//! The first lines of a page: which warehouse, run and day.

/// What a report is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    pub warehouse: String,
    /// The run it comes from, and when that ended.
    pub run: String,
    pub finished: String,
    /// The day of the report.
    pub today: String,
}
