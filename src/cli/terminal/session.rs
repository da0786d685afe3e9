//! What the shell does with what was typed: a statement, or a command that begins with a dot.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;

use super::answer::{Format, RowWriter, Shape, ask, rendered};
use super::pager::print_paged;
use super::say::say;
use crate::cli::commands::desk::explain;
use crate::cli::global::Global;
use crate::desk;
use crate::error::{Error, Result};
use crate::export::{write_file, write_path, write_xlsx};
use crate::warehouse::{Notes, Warehouse};

pub const COMMANDS: [&str; 9] =
    [".help", ".tables", ".schema", ".explain", ".export", ".format", ".expanded", ".timer", ".quit"];

const HELP: &str = ".tables          marts, dimensions, facts, audit tables
.schema NAME     columns of a table or view, with their meaning
.explain FIGURE  where a figure comes from: a figure_key, file!sheet!cell or file:line
.export FILE     write the last answer to a file: .csv, .json, .jsonl, .md or .xlsx
.format NAME     table, expanded, csv, json, jsonl or markdown
.expanded        one line for each column, or a table again; .expanded on, .expanded off
.timer           how long each statement took, or no longer; .timer on, .timer off
.quit            leave (or Ctrl-D)
A statement may take several lines and ends with a semicolon. Ctrl-C stops it. The warehouse is only read, and nothing but the warehouse unless the shell was opened with --files.";

pub enum Next {
    Stay,
    Leave,
}

/// What was chosen and asked so far.
pub struct Session<'a> {
    warehouse: &'a Warehouse,
    global: &'a Global,
    format: Format,
    is_timed: bool,
    /// The last statement that was answered; empty before the first.
    last: String,
}

impl<'a> Session<'a> {
    pub fn new(warehouse: &'a Warehouse, global: &'a Global) -> Self {
        Self { warehouse, global, format: Format::Table, is_timed: false, last: String::new() }
    }

    pub fn answer(&mut self, text: &str) -> Result<Next> {
        let (command, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match (command.trim_end_matches(';'), rest.trim().trim_end_matches(';')) {
            ("", _) => {}
            (".quit" | ".exit", _) => return Ok(Next::Leave),
            (".help", _) => say!("{}", self.global.say(HELP)),
            (".tables", _) => print_paged(&tables(self.warehouse, self.global)?, true),
            (".schema", "") => return Err(Error::usage(".schema needs a name").hint(".tables lists them")),
            (".schema", name) => print_paged(&schema(self.warehouse, name, self.global)?, true),
            (".explain", "") => {
                return Err(Error::usage(".explain needs a figure").hint("a figure_key, file!sheet!cell or file:line"));
            }
            (".explain", figure) => self.explain(figure)?,
            (".export", path) => self.export(path)?,
            (".format", "") => say!("{}", format_name(self.format)),
            (".format", name) => self.format = text_format(name)?,
            (".expanded", said) => {
                let is_expanded = switched(self.format == Format::Expanded, said)?;
                self.format = if is_expanded { Format::Expanded } else { Format::Table };
            }
            (".timer", said) => self.is_timed = switched(self.is_timed, said)?,
            (unknown, _) if unknown.starts_with('.') => {
                return Err(Error::usage(format!("there is no command {unknown}")).hint(".help lists the commands"));
            }
            _ => self.ask(text)?,
        }
        Ok(Next::Stay)
    }

    fn ask(&mut self, statement: &str) -> Result<()> {
        let begun = Instant::now();
        let frame = ask(self.warehouse, statement, &[])?;
        let seconds = begun.elapsed().as_secs_f64();
        statement.clone_into(&mut self.last);
        let shown = rendered(&frame, self.format, Shape::Screen, self.global)?;
        print_paged(&String::from_utf8_lossy(&shown), true);
        if self.is_timed {
            say!("{}", self.global.say(&format!("{seconds:.3} seconds")));
        }
        Ok(())
    }

    fn explain(&self, figure: &str) -> Result<()> {
        let project = self.global.open_project()?;
        let mut explanation = desk::explain(self.warehouse, &project, figure)?;
        explanation.say_in(self.warehouse, &project, self.global.is_chinese())?;
        print_paged(&explain::shown(&explanation, self.global), true);
        Ok(())
    }

    /// The rows are asked for anew: an answer of any size can be written.
    fn export(&self, path: &str) -> Result<()> {
        if self.last.is_empty() {
            return Err(Error::usage("there is no answer to write yet").hint("ask first, then .export FILE"));
        }
        if path.is_empty() {
            return Err(
                Error::usage(".export needs a file").hint("end the name with .csv, .json, .jsonl, .md or .xlsx")
            );
        }
        let path = Path::new(path);
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("csv") => self.export_rows(path, Format::Csv)?,
            Some("json") => self.export_rows(path, Format::Json)?,
            Some("jsonl") => self.export_rows(path, Format::Jsonl)?,
            Some("md") => {
                let frame = ask(self.warehouse, &self.last, &[])?;
                let text = rendered(&frame, Format::Markdown, Shape::Whole, self.global)?;
                write_file(path, |out| out.write_all(&text).map_err(|error| Error::io("write", path, &error)))?;
            }
            Some("xlsx") => {
                let frame = ask(self.warehouse, &self.last, &[])?;
                write_path(path, |draft| write_xlsx(draft, &frame, &frame.column_names()))?;
            }
            _ => {
                return Err(Error::usage(format!("no format is known for {:?}", path.display().to_string()))
                    .hint("end the name with .csv, .json, .jsonl, .md or .xlsx"));
            }
        }
        say!("{}", path.display());
        Ok(())
    }

    fn export_rows(&self, path: &Path, format: Format) -> Result<()> {
        write_file(path, |out| RowWriter::new(out, format).write(self.warehouse, &self.last, &[]))
    }
}

/// `on`, `off`, or the other way round where nothing is said.
fn switched(is_on: bool, said: &str) -> Result<bool> {
    match said {
        "" => Ok(!is_on),
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(Error::usage(format!("{other:?} is neither on nor off")).hint("leave it out to switch")),
    }
}

fn tables(warehouse: &Warehouse, global: &Global) -> Result<String> {
    let rows: Vec<Vec<String>> = warehouse
        .relations()?
        .iter()
        .map(|relation| {
            let title = relation.remarks(global.is_chinese()).first().map(|&text| text.to_owned()).unwrap_or_default();
            vec![relation.qualified(), title]
        })
        .collect();
    Ok(format!("{}\n", global.table(&global.headings(&["name", "content"]), &rows)))
}

fn schema(warehouse: &Warehouse, name: &str, global: &Global) -> Result<String> {
    let relation = warehouse.relation(name)?;
    let chinese = global.is_chinese();
    let notes = Notes::default().with_comments_of(warehouse, &relation.qualified())?;
    let columns = warehouse.describe(&format!("SELECT * FROM {}", relation.qualified()))?;
    let rows: Vec<Vec<String>> = columns
        .rows
        .iter()
        .map(|row| {
            let column = row[0].shown();
            let meaning = notes.description(&column, chinese).to_owned();
            vec![column, row[1].shown(), meaning]
        })
        .collect();
    let headings = global.headings(&["column", "type", "meaning"]);
    Ok(format!("{}\n{}\n", relation.remarks(chinese).join("\n"), global.table(&headings, &rows)))
}

fn text_format(name: &str) -> Result<Format> {
    match Format::from_str(name, true) {
        Ok(Format::Parquet | Format::Xlsx) | Err(_) => Err(Error::usage(format!("there is no format {name} here"))
            .hint("table, expanded, csv, json, jsonl or markdown; .export writes files")),
        Ok(format) => Ok(format),
    }
}

fn format_name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
