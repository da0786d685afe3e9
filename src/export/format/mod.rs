//! The formats an extract is written in.

pub mod csv_text;
pub mod json_text;
pub mod table_file;
pub mod xlsx;
