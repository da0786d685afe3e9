//! Workbooks of every kind → grids of cells.

pub mod builder;
pub mod delimited;
pub mod html_sheets;
pub mod number;
pub mod prose;
pub mod sheet_parts;
pub mod xls;
pub mod xlsb;
pub mod xlsx;
pub mod xml;
pub mod xml_sheets;
