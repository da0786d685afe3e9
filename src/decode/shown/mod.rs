//! What a cell shows of the value it holds: number formats, dates, struck-out numbers. One reading for all file formats.

pub mod builtin;
pub mod hidden;
pub mod number_format;
pub mod value;
