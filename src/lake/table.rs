//! A table as engines get it: columns with types that all of them have.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::warehouse::Warehouse;

/// A table of `core` or `audit` and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub schema: String,
    pub name: String,
    pub columns: Vec<Column>,
    /// Columns that tell its rows apart; empty where nothing does.
    pub key: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// In DuckDB's words: VARCHAR, BOOLEAN, DATE, TIMESTAMP, INTEGER, BIGINT, DECIMAL(p,s), VARCHAR[]
    #[serde(rename = "type")]
    pub kind: String,
}

impl Table {
    /// Every table of the warehouse that a lake holds, by name.
    ///
    /// # Errors
    /// The warehouse cannot be asked.
    pub fn all(warehouse: &Warehouse) -> Result<Vec<Self>> {
        let columns = warehouse.query(
            "SELECT c.schema_name, c.table_name, c.column_name, c.data_type
             FROM duckdb_columns() c JOIN duckdb_tables() t USING (database_oid, schema_name, table_name)
             WHERE c.database_name = current_database() AND c.schema_name IN ('core', 'audit')
             ORDER BY c.schema_name, c.table_name, c.column_index",
            &[],
        )?;
        let mut tables: Vec<Self> = Vec::new();
        for row in &columns.rows {
            let [schema, name, column, kind] = [0, 1, 2, 3].map(|at| row[at].shown());
            let column = Column { name: column, kind: kind_in_engines(&kind) };
            match tables.last_mut().filter(|last| last.schema == schema && last.name == name) {
                Some(table) => table.columns.push(column),
                None => tables.push(Self { schema, name, columns: vec![column], key: Vec::new() }),
            }
        }
        let keys = warehouse.query(
            "SELECT schema_name, table_name, unnest(constraint_column_names) FROM duckdb_constraints()
             WHERE database_name = current_database() AND constraint_type = 'PRIMARY KEY'",
            &[],
        )?;
        for row in &keys.rows {
            let is_of = |table: &&mut Table| table.schema == row[0].shown() && table.name == row[1].shown();
            if let Some(table) = tables.iter_mut().find(is_of) {
                table.key.push(row[2].shown());
            }
        }
        Ok(tables)
    }

    /// `core.fact_amount`
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|found| found.name == column)
    }

    /// Its columns in quotes, joined by commas.
    pub fn column_list(&self) -> String {
        list_of(self.columns.iter().map(|column| &column.name))
    }

    /// Its columns of the row `t`, cast to their types.
    pub fn cast_list(&self) -> String {
        let cast = |column: &Column| format!("CAST(t.\"{0}\" AS {1}) AS \"{0}\"", column.name, column.kind);
        self.columns.iter().map(cast).collect::<Vec<_>>().join(", ")
    }
}

pub fn list_of<'a>(columns: impl Iterator<Item = &'a String>) -> String {
    columns.map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

/// Java's engines have no unsigned numbers, and no number of 128 bits but a decimal.
fn kind_in_engines(kind: &str) -> String {
    match kind {
        "UTINYINT" | "USMALLINT" | "UINTEGER" | "UBIGINT" => "BIGINT".to_owned(),
        "HUGEINT" | "UHUGEINT" => "DECIMAL(38,0)".to_owned(),
        "JSON" => "VARCHAR".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_signed_and_decimals_stay_what_they_are() {
        let kinds = ["UINTEGER", "UBIGINT", "HUGEINT", "JSON", "DECIMAL(28,8)", "VARCHAR[]", "INTEGER"];
        let expected = ["BIGINT", "BIGINT", "DECIMAL(38,0)", "VARCHAR", "DECIMAL(28,8)", "VARCHAR[]", "INTEGER"];
        assert_eq!(kinds.map(kind_in_engines), expected);
    }
}
