//! Questions to a warehouse: whole results, or row by row for big ones.

use duckdb::arrow::record_batch::RecordBatch;
use duckdb::params_from_iter;

use crate::error::Result;

use super::value::{Column, ColumnType, Frame, Value, from_arrow};
use crate::warehouse::{Warehouse, query_failed};

impl Warehouse {
    /// The whole result of one statement. Parameters stand as `?` or `$1`, `$2` .. in it.
    pub fn query(&self, sql: &str, parameters: &[Value]) -> Result<Frame> {
        let mut rows = Vec::new();
        let columns = self.query_each(sql, parameters, |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(Frame { columns, rows })
    }

    /// Hands each row to `take` as DuckDB produces it, so that a result of any size needs little memory.
    /// Returns the columns. Stops at the first error of `take`.
    pub fn query_each(
        &self,
        sql: &str,
        parameters: &[Value],
        mut take: impl FnMut(Vec<Value>) -> Result<()>,
    ) -> Result<Vec<Column>> {
        let mut statement = self.connection.prepare(sql).map_err(|error| query_failed(&error))?;
        let batches = statement.stream_arrow(params_from_iter(parameters)).map_err(|error| query_failed(&error))?;
        let columns = batches
            .get_schema()
            .fields()
            .iter()
            .map(|field| Column { name: field.name().clone(), kind: ColumnType::from_arrow(field.data_type()) })
            .collect();
        for batch in batches {
            for row in 0..batch.num_rows() {
                take(batch.columns().iter().map(|column| from_arrow(column.as_ref(), row)).collect())?;
            }
        }
        Ok(columns)
    }

    /// Hands each batch of columns to `take` as DuckDB produces it.
    pub fn query_batches(&self, sql: &str, mut take: impl FnMut(&RecordBatch)) -> Result<()> {
        let mut statement = self.connection.prepare(sql).map_err(|error| query_failed(&error))?;
        for batch in statement.stream_arrow([]).map_err(|error| query_failed(&error))? {
            take(&batch);
        }
        Ok(())
    }

    /// The columns a statement would give, without running it.
    pub fn describe(&self, sql: &str) -> Result<Frame> {
        self.query(&format!("DESCRIBE {}", sql.trim().trim_end_matches(';')), &[])
    }
}
