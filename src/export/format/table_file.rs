//! One table into one file (or one folder of Parquet), all at once.

use std::path::Path;

use crate::error::{Error, Result};
use crate::warehouse::{Column, Value, Warehouse};

use super::csv_text::{CsvStyle, CsvWriter, plain_csv_field};
use super::xlsx::write_xlsx;
use crate::export::target::{cannot_write, write_file, write_path};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFormat {
    Csv(CsvStyle),
    /// Columns to partition by: then the target is a folder.
    Parquet(Vec<String>),
    Xlsx,
}

/// A statement and how its answer is written.
#[derive(Debug, Clone)]
pub struct TableFile {
    pub sql: String,
    /// One for each column. Parquet keeps the columns' own names: engines join by them.
    pub headings: Vec<String>,
    pub format: FileFormat,
}

impl TableFile {
    /// Writes the table; gives the number of rows.
    pub fn write(&self, warehouse: &Warehouse, path: &Path) -> Result<u64> {
        match &self.format {
            FileFormat::Csv(style) => self.write_csv(warehouse, path, *style),
            FileFormat::Parquet(partition) => self.write_parquet(warehouse, path, partition),
            FileFormat::Xlsx => {
                let frame = warehouse.query(&self.sql, &[])?;
                write_path(path, |draft| write_xlsx(draft, &frame, &self.headings))?;
                Ok(frame.rows.len() as u64)
            }
        }
    }

    fn write_csv(&self, warehouse: &Warehouse, path: &Path, style: CsvStyle) -> Result<u64> {
        let columns = self.columns(warehouse)?;
        if style == CsvStyle::default() {
            return self.copy_csv(warehouse, path, &columns);
        }
        let mut rows = 0;
        write_file(path, |out| {
            let failed = |error: std::io::Error| match error.kind() {
                std::io::ErrorKind::InvalidData => cannot_write(path, &error)
                    .hint("leave --encoding out: UTF-8 holds every character, and --excel lets Excel open it"),
                _ => cannot_write(path, &error),
            };
            let mut writer = CsvWriter::start(out, style, &columns, &self.headings).map_err(failed)?;
            warehouse.query_each(&self.sql, &[], |row: Vec<Value>| {
                rows += 1;
                writer.row(&row).map_err(failed)
            })?;
            writer.finish().map_err(failed)
        })?;
        Ok(rows)
    }

    /// The style of programs, by DuckDB's own writer on all cores.
    fn copy_csv(&self, warehouse: &Warehouse, path: &Path, columns: &[Column]) -> Result<u64> {
        let fields: Vec<String> =
            columns.iter().zip(&self.headings).map(|(column, heading)| plain_csv_field(column, heading)).collect();
        let sql = format!("SELECT {} FROM ({}\n)", fields.join(", "), self.sql.trim().trim_end_matches(';'));
        let mut rows = 0;
        write_path(path, |draft| {
            rows = warehouse.copy_to(&sql, draft, "FORMAT csv, HEADER").map_err(|error| not_written(path, error))?;
            Ok(())
        })?;
        Ok(rows)
    }

    /// # Errors
    /// A statement DuckDB refuses.
    pub fn columns(&self, warehouse: &Warehouse) -> Result<Vec<Column>> {
        let nothing = format!("SELECT * FROM ({}\n) LIMIT 0", self.sql.trim().trim_end_matches(';'));
        Ok(warehouse.query(&nothing, &[])?.columns)
    }

    fn write_parquet(&self, warehouse: &Warehouse, path: &Path, partition: &[String]) -> Result<u64> {
        let quoted: Vec<String> = partition.iter().map(|name| format!("\"{name}\"")).collect();
        let options = if partition.is_empty() {
            "FORMAT parquet, COMPRESSION zstd".to_owned()
        } else {
            format!("FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({}), OVERWRITE", quoted.join(", "))
        };
        let mut rows = 0;
        write_path(path, |draft| {
            rows = warehouse.copy_to(&self.sql, draft, &options).map_err(|error| not_written(path, error))?;
            Ok(())
        })?;
        Ok(rows)
    }
}

/// A full disk stays what it is to the run: nothing published.
fn not_written(path: &Path, error: Error) -> Error {
    Error { what: format!("cannot write {}", path.display()), why: Some(error.why.unwrap_or(error.what)), ..error }
}
