//! Workbooks as Excel writes them, binary and as packages.

mod sheet_parts;
pub mod xls;
pub mod xlsb;
pub mod xlsx;
