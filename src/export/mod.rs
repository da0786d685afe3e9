//! Published warehouse, read-only → CSV, Parquet, XLSX, JSON. Never writes the warehouse.

mod contract;
mod csv_text;
mod draft;
mod extract;
mod json_text;
mod package;
mod selection;
mod table_file;
mod target;
mod xlsx;

pub use contract::draft_contract_extracts;
pub use csv_text::{CsvStyle, CsvWriter, TextEncoding};
pub use draft::DraftFolder;
pub use extract::{Extract, all_extracts, chosen, named_extracts};
pub use json_text::JsonWriter;
pub use package::{PackagedTable, write_datapackage};
pub use selection::{MoneyUnit, Selected, SelectedColumn, Selection};
pub use table_file::{FileFormat, TableFile};
pub use target::{write_file, write_path};
pub use xlsx::write_xlsx;
