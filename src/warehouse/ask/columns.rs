//! Rows of many structs become columns, and columns go into a table: much faster than value by value.

use std::sync::Arc;

use duckdb::arrow::array::{ArrayRef, Decimal128Array, Int32Array, StringArray, UInt32Array};
use duckdb::arrow::datatypes::{Field, Schema};
use duckdb::arrow::record_batch::RecordBatch;
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind, Result};
use crate::vocabulary::unscaled;
use crate::warehouse::Warehouse;
use crate::warehouse::ask::value::VALUE;

/// Those of amounts in yuan.
const MONEY: (u8, i8) = (18, 2);

/// Columns of one table, by name, all of one length.
#[derive(Default)]
pub struct Columns(Vec<(&'static str, ArrayRef)>);

impl Columns {
    pub fn text<'a>(mut self, name: &'static str, texts: impl Iterator<Item = &'a str>) -> Self {
        self.0.push((name, Arc::new(StringArray::from_iter_values(texts))));
        self
    }

    pub fn number(mut self, name: &'static str, numbers: impl Iterator<Item = Option<u32>>) -> Self {
        self.0.push((name, Arc::new(UInt32Array::from_iter(numbers))));
        self
    }

    pub fn year(mut self, name: &'static str, years: impl Iterator<Item = Option<i32>>) -> Self {
        self.0.push((name, Arc::new(Int32Array::from_iter(years))));
        self
    }

    /// DECIMAL(18, 2), yuan.
    pub fn money(self, name: &'static str, amounts: impl Iterator<Item = Option<Decimal>>) -> Self {
        self.scaled(name, amounts, MONEY)
    }

    /// DECIMAL(28, 8): what was compared is exact, only computed rates have more decimals and are rounded.
    pub fn decimal(self, name: &'static str, values: impl Iterator<Item = Option<Decimal>>) -> Self {
        self.scaled(name, values, VALUE)
    }

    fn scaled(
        mut self,
        name: &'static str,
        values: impl Iterator<Item = Option<Decimal>>,
        (precision, scale): (u8, i8),
    ) -> Self {
        let digits = values.map(|value| unscaled(value?, precision.into(), scale.unsigned_abs().into()));
        // The type is a constant that Arrow accepts: it always fits.
        if let Ok(array) = Decimal128Array::from_iter(digits).with_precision_and_scale(precision, scale) {
            self.0.push((name, Arc::new(array)));
        }
        self
    }
}

impl Warehouse {
    /// Appends columns to a table such as `core.fact_finding`.
    pub fn append_columns(&self, table: &str, columns: Columns) -> Result<()> {
        let failed = |why: String| Error::not_published(format!("cannot append to {table}")).because(why);
        let (schema, name) = table.split_once('.').unwrap_or(("main", table));
        let names: Vec<&str> = columns.0.iter().map(|(name, _)| *name).collect();
        let fields: Vec<Field> =
            columns.0.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
        let arrays = columns.0.iter().map(|(_, array)| Arc::clone(array)).collect();
        let batch =
            RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|error| failed(error.to_string()))?;
        let told = |error: duckdb::Error| {
            let told = crate::warehouse::query_failed(&error);
            if told.kind == ErrorKind::NotPublished { told } else { failed(error.to_string()) }
        };
        let mut appender = self.connection.appender_with_columns_to_db(name, schema, &names).map_err(told)?;
        appender.append_record_batch(batch).map_err(told)?;
        appender.flush().map_err(told)
    }
}
