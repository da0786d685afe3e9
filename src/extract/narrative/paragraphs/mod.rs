//! Lines → paragraphs with their section: one script, headings, title lines.

pub mod lines;
pub mod normal;
pub mod numbering;
pub mod structure;
pub mod title;
