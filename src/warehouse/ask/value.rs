//! Rows that leave the warehouse, without DuckDB's or Arrow's types.

use duckdb::ToSql;
use duckdb::arrow::array::{Array, AsArray};
use duckdb::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimeUnit, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use duckdb::arrow::util::display::array_value_to_string;
use duckdb::types::ToSqlOutput;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// Precision and scale of the DECIMAL columns that hold values in any unit.
pub(super) const VALUE: (u8, i8) = (28, 8);

/// One value of a result or a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Text(String),
    Integer(i128),
    Decimal(Decimal),
    /// For display only: no amount is ever a float.
    Float(f64),
    Boolean(bool),
    /// ISO: 2024-08-30
    Date(String),
    /// ISO without zone: 2024-08-30T10:15:00
    Timestamp(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    Integer,
    Decimal { scale: u8 },
    Float,
    Boolean,
    Date,
    Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnType,
}

/// A whole result.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

impl Value {
    /// The value as an extract prints it; NULL is empty.
    pub fn shown(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Text(text) | Value::Date(text) | Value::Timestamp(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Decimal(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Boolean(flag) => flag.to_string(),
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Date(text) | Value::Timestamp(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_integer(&self) -> Option<i128> {
        match self {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Value::Decimal(number) => Some(*number),
            Value::Integer(number) => Decimal::try_from_i128_with_scale(*number, 0).ok(),
            _ => None,
        }
    }

    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Value::Boolean(flag) => Some(*flag),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number.into())
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Value::Decimal(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Boolean(flag)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> duckdb::Result<ToSqlOutput<'_>> {
        match self {
            Value::Null => Ok(ToSqlOutput::Owned(duckdb::types::Value::Null)),
            Value::Text(text) | Value::Date(text) | Value::Timestamp(text) => text.to_sql(),
            Value::Integer(number) => match i64::try_from(*number) {
                Ok(small) => Ok(ToSqlOutput::Owned(duckdb::types::Value::BigInt(small))),
                Err(_) => Ok(ToSqlOutput::Owned(duckdb::types::Value::HugeInt(*number))),
            },
            Value::Decimal(number) => number.to_sql(),
            Value::Float(number) => Ok(ToSqlOutput::Owned(duckdb::types::Value::Double(*number))),
            Value::Boolean(flag) => Ok(ToSqlOutput::Owned(duckdb::types::Value::Boolean(*flag))),
        }
    }
}

impl ColumnType {
    /// Whether it holds values in any unit: counts, percents and amounts, one beside the other.
    pub fn is_of_any_unit(self) -> bool {
        self == ColumnType::Decimal { scale: VALUE.1.unsigned_abs() }
    }

    pub fn from_arrow(kind: &DataType) -> Self {
        match kind {
            kind if kind.is_integer() => ColumnType::Integer,
            // HUGEINT, the type of integer sums, arrives as a decimal without decimals.
            DataType::Decimal128(_, 0) => ColumnType::Integer,
            DataType::Decimal128(_, scale) => ColumnType::Decimal { scale: scale.unsigned_abs() },
            kind if kind.is_floating() => ColumnType::Float,
            DataType::Boolean => ColumnType::Boolean,
            DataType::Date32 => ColumnType::Date,
            DataType::Timestamp(_, _) => ColumnType::Timestamp,
            _ => ColumnType::Text,
        }
    }
}

/// One cell of an Arrow column. What has no type here (lists, structs, intervals) becomes text.
pub fn from_arrow(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => Value::Text(array.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => Value::Text(array.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Value::Text(array.as_string_view().value(row).to_owned()),
        DataType::Boolean => Value::Boolean(array.as_boolean().value(row)),
        DataType::Int8 => Value::Integer(array.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => Value::Integer(array.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => Value::Integer(array.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => Value::Integer(array.as_primitive::<Int64Type>().value(row).into()),
        DataType::UInt8 => Value::Integer(array.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Value::Integer(array.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => Value::Integer(array.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => Value::Integer(array.as_primitive::<UInt64Type>().value(row).into()),
        DataType::Float32 => Value::Float(array.as_primitive::<Float32Type>().value(row).into()),
        DataType::Float64 => Value::Float(array.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal128(_, 0) => Value::Integer(array.as_primitive::<Decimal128Type>().value(row)),
        DataType::Decimal128(_, scale) => Decimal::try_from_i128_with_scale(
            array.as_primitive::<Decimal128Type>().value(row),
            u32::from(scale.unsigned_abs()),
        )
        .map_or_else(
            |_| as_text(array, row),
            // 42 people and 42.5 % stand in one column: neither is 42.00000000.
            |number| Value::Decimal(if *scale == VALUE.1 { number.normalize() } else { number }),
        ),
        DataType::Date32 => array
            .as_primitive::<Date32Type>()
            .value_as_date(row)
            .map_or_else(|| as_text(array, row), |date| Value::Date(date.to_string())),
        DataType::Timestamp(unit, _) => timestamp(array, row, *unit).unwrap_or_else(|| as_text(array, row)),
        _ => as_text(array, row),
    }
}

fn timestamp(array: &dyn Array, row: usize, unit: TimeUnit) -> Option<Value> {
    let moment = match unit {
        TimeUnit::Second => Timestamp::from_second(array.as_primitive::<TimestampSecondType>().value(row)),
        TimeUnit::Millisecond => {
            Timestamp::from_millisecond(array.as_primitive::<TimestampMillisecondType>().value(row))
        }
        TimeUnit::Microsecond => {
            Timestamp::from_microsecond(array.as_primitive::<TimestampMicrosecondType>().value(row))
        }
        TimeUnit::Nanosecond => {
            Timestamp::from_nanosecond(array.as_primitive::<TimestampNanosecondType>().value(row).into())
        }
    };
    Some(Value::Timestamp(moment.ok()?.to_string().trim_end_matches('Z').to_owned()))
}

fn as_text(array: &dyn Array, row: usize) -> Value {
    array_value_to_string(array, row).map_or(Value::Null, Value::Text)
}

/// Amounts are written as text, so that no reader takes them through a float.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_none(),
            Value::Boolean(flag) => serializer.serialize_bool(*flag),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Integer(number) => match i64::try_from(*number) {
                Ok(small) => serializer.serialize_i64(small),
                Err(_) => serializer.serialize_str(&number.to_string()),
            },
            other => serializer.serialize_str(&other.shown()),
        }
    }
}

impl Frame {
    /// The rows as JSON objects.
    pub fn objects(&self) -> serde_json::Value {
        let object = |row: &Vec<Value>| {
            let fields = self
                .columns
                .iter()
                .zip(row)
                .map(|(column, value)| (column.name.clone(), serde_json::to_value(value).unwrap_or_default()));
            serde_json::Value::Object(fields.collect())
        };
        self.rows.iter().map(object).collect()
    }

    pub fn column_names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }
}
