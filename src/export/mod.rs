//! Published warehouse, read-only → CSV, Parquet, XLSX, JSON. Never writes the warehouse.

mod contract;
mod cut;
mod draft;
mod extract;
mod format;
mod package;
mod parts;
mod selection;
mod spliced;
mod target;

pub use contract::{ExtractsFolder, draft_contract_extracts, last_run};
pub use cut::Since;
pub use draft::DraftFolder;
pub use extract::{Extract, all_extracts, chosen, named_extracts};
pub use format::csv_text::{CsvStyle, CsvWriter, TextEncoding};
pub use format::json_text::JsonWriter;
pub use format::table_file::{FileFormat, TableFile};
pub use format::xlsx::write_xlsx;
pub use package::{PackagedTable, write_datapackage};
pub use parts::is_part;
pub use selection::{MoneyUnit, Selected, Selection, region_prefixes};
pub use target::{with_usual_rights, write_file, write_path};
