//! Rows as JSON. Decimals are written digit by digit as JSON numbers: `1234.50` stays `1234.50`.

use std::io::{self, Write};

use crate::warehouse::Value;

/// Writes an array of objects, or one object a line.
pub struct JsonWriter<W: Write> {
    out: W,
    keys: Vec<String>,
    by_line: bool,
    rows: u64,
}

impl<W: Write> JsonWriter<W> {
    pub fn start(mut out: W, columns: &[String], by_line: bool) -> io::Result<Self> {
        if !by_line {
            out.write_all(b"[")?;
        }
        let keys = columns.iter().map(|column| serde_json::Value::from(column.as_str()).to_string()).collect();
        Ok(Self { out, keys, by_line, rows: 0 })
    }

    pub fn row(&mut self, row: &[Value]) -> io::Result<()> {
        let separator: &[u8] = match (self.by_line, self.rows) {
            (true, _) => b"",
            (false, 0) => b"\n  ",
            (false, _) => b",\n  ",
        };
        self.out.write_all(separator)?;
        self.rows += 1;
        for (at, (key, value)) in self.keys.iter().zip(row).enumerate() {
            let before = if at == 0 { "{" } else { ", " };
            write!(self.out, "{before}{key}: {}", token(value))?;
        }
        self.out.write_all(if self.by_line { b"}\n" } else { b"}" })
    }

    pub fn finish(mut self) -> io::Result<()> {
        if !self.by_line {
            self.out.write_all(if self.rows == 0 { b"]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }
}

fn token(value: &Value) -> String {
    match value {
        Value::Integer(_) | Value::Decimal(_) => value.shown(),
        other => serde_json::to_value(other).unwrap_or_default().to_string(),
    }
}
