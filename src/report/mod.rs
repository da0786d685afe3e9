//! The warehouse as pages to look at: a folder that opens by a double click, without server, network or script.
//!
//! What a page shows is SQL (`sql/report/`), how it looks is a template (`pipelines/report/`). In between, rows become
//! panels (a chart with its table), and every number becomes a link to the cell or sentence it was read from.

mod disclosure;
mod panels;
mod places;
mod said;
mod site;
mod store;
mod templates;
mod views;

pub use site::{DraftReport, ReportOptions, draft_report};
pub use templates::lint;
