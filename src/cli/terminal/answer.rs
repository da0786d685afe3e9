//! An answer as text: rows one by one for programs, a whole table for a reader.

use std::io::{self, Write};

use clap::ValueEnum;

use super::expanded::print_expanded;
use super::table::{Screen, cut_cells, print_table};
use crate::cli::global::Global;
use crate::error::{Error, Result};
use crate::export::{CsvStyle, CsvWriter, JsonWriter};
use crate::warehouse::{Column, ColumnType, Frame, NamedParameter, Value, Warehouse};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns aligned for reading
    Table,
    /// One line for each column
    Expanded,
    Csv,
    /// One array; decimals are JSON numbers with all their digits
    Json,
    /// One object a line
    Jsonl,
    Markdown,
    /// Needs -o
    Parquet,
    /// Needs -o
    Xlsx,
}

impl Format {
    /// Whether its rows are written one by one: an answer of any size then needs little memory.
    pub fn is_row_by_row(self) -> bool {
        matches!(self, Format::Csv | Format::Json | Format::Jsonl)
    }
}

/// How much of a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Every cell whole.
    Whole,
    /// Long cells cut.
    Cut,
    /// Long cells cut, and the table as wide as the terminal.
    Screen,
}

/// Screen columns of one cell in a table.
const CELL_WIDTH: usize = 60;

/// The whole answer of what an analyst wrote.
pub fn ask(warehouse: &Warehouse, sql: &str, parameters: &[NamedParameter]) -> Result<Frame> {
    let mut rows = Vec::new();
    let columns = warehouse.ask(sql, parameters, |_, row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(Frame { columns, rows })
}

/// Rows as they come, in a format that needs no later row to write an earlier one.
pub struct RowWriter<'a> {
    out: &'a mut dyn Write,
    format: Format,
}

enum Rows<'a> {
    Csv(Box<CsvWriter<&'a mut dyn Write>>),
    Json(JsonWriter<&'a mut dyn Write>),
}

impl<'a> RowWriter<'a> {
    /// `format` is one of those that [`Format::is_row_by_row`] names.
    pub fn new(out: &'a mut dyn Write, format: Format) -> Self {
        Self { out, format }
    }

    /// Writes the whole answer of what an analyst wrote.
    ///
    /// # Errors
    /// Those of [`Warehouse::ask`]; `out` cannot be written.
    pub fn write(self, warehouse: &Warehouse, sql: &str, parameters: &[NamedParameter]) -> Result<()> {
        let failed = |error: io::Error| Error::usage("cannot write the answer").because(error);
        let Self { out, format } = self;
        let mut waiting = Some(out);
        let mut rows: Option<Rows<'a>> = None;
        let columns = warehouse.ask(sql, parameters, |columns, row| {
            if let Some(out) = waiting.take() {
                rows = Some(Rows::start(out, format, columns).map_err(failed)?);
            }
            rows.as_mut().map_or(Ok(()), |rows| rows.row(&row)).map_err(failed)
        })?;
        if let Some(out) = waiting {
            rows = Some(Rows::start(out, format, &columns).map_err(failed)?);
        }
        rows.map_or(Ok(()), Rows::finish).map_err(failed)
    }
}

impl<'a> Rows<'a> {
    fn start(out: &'a mut dyn Write, format: Format, columns: &[Column]) -> io::Result<Self> {
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        Ok(match format {
            Format::Csv => Rows::Csv(Box::new(CsvWriter::start(out, CsvStyle::default(), columns, &names)?)),
            _ => Rows::Json(JsonWriter::start(out, &names, format == Format::Jsonl)?),
        })
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        match self {
            Rows::Csv(writer) => writer.row(row),
            Rows::Json(writer) => writer.row(row),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Rows::Csv(writer) => writer.finish(),
            Rows::Json(writer) => writer.finish(),
        }
    }
}

/// A frame in one of the text formats.
pub fn rendered(frame: &Frame, format: Format, shape: Shape, global: &Global) -> Result<Vec<u8>> {
    let failed = |error: io::Error| Error::usage("cannot write the answer").because(error);
    let mut text = Vec::new();
    match format {
        _ if format.is_row_by_row() => {
            let mut rows = Rows::start(&mut text, format, &frame.columns).map_err(failed)?;
            frame.rows.iter().try_for_each(|row| rows.row(row)).map_err(failed)?;
            rows.finish().map_err(failed)?;
        }
        Format::Markdown => text = markdown(frame).into_bytes(),
        Format::Expanded => {
            let screen = if shape == Shape::Screen { Screen::of_output() } else { Screen::endless() };
            text = print_expanded(&frame.column_names(), &shown_rows(frame), &screen, &global.words).into_bytes();
        }
        Format::Table if frame.column_names() == ["explain_key", "explain_value"] => {
            // A plan is a drawing of many lines.
            text = frame.rows.iter().flat_map(|row| row[1].shown().into_bytes()).collect();
        }
        _ => {
            let mut rows = shown_rows(frame);
            cut_cells(&mut rows, if shape == Shape::Whole { usize::MAX } else { CELL_WIDTH });
            let count = global.say(&match frame.rows.len() {
                1 => "1 row".to_owned(),
                rows => format!("{rows} rows"),
            });
            let screen = if shape == Shape::Screen { Screen::of_output() } else { Screen::endless() };
            let table = print_table(&frame.column_names(), &rows, &screen, &global.words);
            text = format!("{table}\n{count}\n").into_bytes();
        }
    }
    Ok(text)
}

fn shown_rows(frame: &Frame) -> Vec<Vec<String>> {
    frame.rows.iter().map(|row| row.iter().map(Value::shown).collect()).collect()
}

fn markdown(frame: &Frame) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> =
            cells.map(|cell| cell.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let is_number = |at: usize| !matches!(frame.columns[at].kind, ColumnType::Text);
    let mut text = line(&mut frame.column_names().into_iter());
    text += &line(&mut (0..frame.columns.len()).map(|at| if is_number(at) { "---:" } else { "---" }.to_owned()));
    for row in shown_rows(frame) {
        text += &line(&mut row.into_iter());
    }
    text
}
