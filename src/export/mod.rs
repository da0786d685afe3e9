//! Published warehouse, read-only → CSV. Never writes the warehouse.

mod csv_file;

pub use csv_file::write_contract_extracts;
