//! Lines → paragraphs with their section: one script, headings, title lines.

pub mod normal;
pub mod structure;
pub mod title;
