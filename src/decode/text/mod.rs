//! Texts, pages and Word documents → lines with offsets.

pub mod continued;
pub mod encoding;
pub mod html;
pub mod nested;
pub mod plain;
pub mod tables;
pub mod web_archive;
pub mod word;
