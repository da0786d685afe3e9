//! Workbooks of every kind → grids of cells.

pub mod builder;
pub mod delimited;
pub mod excel;
mod html_look;
pub mod html_sheets;
pub mod number;
pub mod prose;
pub mod xml_sheets;
