//! Lines → paragraphs with their section: one script, headings, title lines.

pub mod lines;
pub mod normal;
pub mod numbering;
mod page;
pub mod structure;
pub mod title;
