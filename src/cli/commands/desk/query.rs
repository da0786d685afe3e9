//! `juesuan query`

use std::io::{IsTerminal, Read, Seek, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use crate::cli::global::{Global, WarehouseArgument};
use crate::cli::terminal::answer::{Format, RowWriter, Shape, ask, rendered};
use crate::cli::terminal::pager::{print_all, print_from, print_paged};
use crate::error::{Error, Result};
use crate::export::{Extract, named_extracts, write_file, write_path, write_xlsx};
use crate::warehouse::{Frame, NamedParameter, Value, Warehouse};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan query --list                                    the named questions
  juesuan query v_entity_year                             one of them
  juesuan query \"SELECT department_name, count(*) FROM mart.v_entity_year GROUP BY ALL\"
  juesuan query -p year=2023 \"FROM core.fact_amount WHERE fiscal_year = \\$year AND row_role = 'total'\"
  juesuan query -f question.sql --format csv > answer.csv
  echo 'FROM audit.run' | juesuan query --format jsonl
  juesuan query v_sangong --format xlsx -o sangong.xlsx

Nothing is written but the file of -o: INSERT, COPY, ATTACH, SET and the like are refused.
Files can be read (FROM 'prices.csv') with your own rights; --safe reads the warehouse alone, for statements of others.
Schemas may be left out: v_entity_year is mart.v_entity_year.
Amounts stay exact: JSON numbers carry every digit (in Python: json.load(f, parse_float=decimal.Decimal)).")]
pub struct QueryArguments {
    /// SQL, or the name of a mart or extract [default: standard input]
    statement: Option<String>,
    /// Read the SQL from a file
    #[arg(short, long, value_name = "FILE", conflicts_with = "statement")]
    file: Option<PathBuf>,
    #[command(flatten)]
    warehouse: WarehouseArgument,
    /// Shape of the answer
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Value of $NAME in the statement; may be given several times
    #[arg(short, long = "parameter", value_name = "NAME=VALUE", value_parser = parameter)]
    parameters: Vec<NamedParameter>,
    /// List the named questions: every mart and extract with what it answers
    #[arg(long, conflicts_with_all = ["statement", "file"])]
    list: bool,
    /// Ask a named question
    #[arg(long, value_name = "NAME", conflicts_with_all = ["statement", "file", "list"])]
    named: Option<String>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Show tables whole: long cells, and columns beyond the terminal's width
    #[arg(long)]
    uncut: bool,
    /// Never page
    #[arg(long)]
    no_pager: bool,
    /// Read nothing but the warehouse: no files, no addresses
    #[arg(long)]
    safe: bool,
    /// Stop the statement after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
}

pub fn query(arguments: &QueryArguments, global: &Global) -> Result<ExitCode> {
    let warehouse = arguments.warehouse.open()?;
    let is_file = matches!(arguments.format, Format::Parquet | Format::Xlsx);
    if is_file {
        needed_output(arguments)?;
    }
    // Of a file, JSON can only tell what went wrong.
    let format = if global.json && !is_file { Format::Json } else { arguments.format };
    if arguments.list {
        let frame = named_questions(&warehouse, global)?;
        return print_frame(&frame, arguments, format, global);
    }
    let mut sql = statement(arguments, &warehouse, global)?;
    if arguments.safe {
        warehouse.confine()?;
    }
    let _limit = arguments.timeout.map(|seconds| warehouse.stop_after(Duration::from_secs(seconds)));
    if let Some(limit) = arguments.limit {
        sql = format!("SELECT * FROM ({}\n) LIMIT {limit}", sql.trim().trim_end_matches(';'));
    }
    if format == Format::Parquet {
        return write_parquet(&warehouse, &sql, arguments);
    }
    if format.is_row_by_row() {
        return write_rows(&warehouse, &sql, arguments, format);
    }
    let frame = ask(&warehouse, &sql, &arguments.parameters)?;
    print_frame(&frame, arguments, format, global)
}

fn parameter(text: &str) -> std::result::Result<NamedParameter, String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.trim_start_matches('$').to_owned(), value.to_owned()))
}

fn statement(arguments: &QueryArguments, warehouse: &Warehouse, global: &Global) -> Result<String> {
    if let Some(path) = &arguments.file {
        return std::fs::read_to_string(path).map_err(|error| Error::io("read", path, &error));
    }
    let single_word = |text: &&String| !text.trim().is_empty() && !text.trim().contains(char::is_whitespace);
    if let Some(name) = arguments.named.as_ref().or(arguments.statement.as_ref().filter(single_word)) {
        return named_question(warehouse, global, name.trim().trim_end_matches(';'));
    }
    match arguments.statement.as_deref() {
        Some(text) if text != "-" => Ok(text.to_owned()),
        _ => from_standard_input(),
    }
}

fn from_standard_input() -> Result<String> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        return Err(Error::usage("there is no question")
            .hint("give SQL or the name of a mart; `juesuan query --list` lists them, `juesuan sql` opens a shell"));
    }
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(|error| {
        Error::usage("cannot read the statement from standard input").because(error).hint("save the statement as UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(
            Error::usage("there is no question").hint("standard input was empty: give SQL there or as an argument")
        );
    }
    Ok(text)
}

fn named_question(warehouse: &Warehouse, global: &Global, name: &str) -> Result<String> {
    let relations = warehouse.relations()?;
    if let Some(relation) = relations.iter().find(|found| found.qualified() == name || found.name == name) {
        return Ok(format!("FROM {}", relation.qualified()));
    }
    let extracts = named_extracts(&global.open_project()?)?;
    extracts.iter().find(|extract| extract.name == name).map(|extract| extract.sql.clone()).ok_or_else(|| {
        let known = relations.iter().map(|relation| relation.name.as_str());
        let known = known.chain(extracts.iter().map(|extract| extract.name.as_str()));
        let closest = known.min_by_key(|known| strsim::damerau_levenshtein(known, name)).unwrap_or_default();
        Error::usage(format!("there is no named question {name}"))
            .hint(format!("closest: {closest}; `juesuan query --list` lists them; SQL has more than one word"))
    })
}

fn named_questions(warehouse: &Warehouse, global: &Global) -> Result<Frame> {
    let chinese = global.is_chinese();
    let marts = warehouse.relations()?.into_iter().filter(|relation| relation.schema == "mart");
    let mut rows: Vec<Vec<Value>> =
        marts.map(|mart| vec![mart.name.as_str().into(), mart.purpose(chinese).into()]).collect();
    let extracts = named_extracts(&global.open_project()?)?;
    let is_mart = |extract: &&Extract| rows.iter().any(|row| row[0].as_text() == Some(extract.name.as_str()));
    let others: Vec<Vec<Value>> = extracts
        .iter()
        .filter(|extract| !is_mart(extract))
        .map(|extract| {
            let title = if chinese { &extract.title.0 } else { &extract.title.1 };
            vec![extract.name.as_str().into(), title.as_str().into()]
        })
        .collect();
    rows.extend(others);
    let text =
        |name: &str| crate::warehouse::Column { name: name.to_owned(), kind: crate::warehouse::ColumnType::Text };
    Ok(Frame { columns: vec![text("name"), text("purpose")], rows })
}

fn print_frame(frame: &Frame, arguments: &QueryArguments, format: Format, global: &Global) -> Result<ExitCode> {
    if format == Format::Xlsx {
        let path = needed_output(arguments)?;
        write_path(path, |draft| write_xlsx(draft, frame, &frame.column_names()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let shape = match &arguments.output {
        _ if arguments.uncut => Shape::Whole,
        Some(_) => Shape::Cut,
        None => Shape::Screen,
    };
    let text = rendered(frame, format, shape, global)?;
    match &arguments.output {
        Some(path) => write_file(path, |out| out.write_all(&text).map_err(|error| Error::io("write", path, &error)))?,
        None if format == Format::Table => print_paged(&String::from_utf8_lossy(&text), !arguments.no_pager),
        None => print_all(&text),
    }
    Ok(ExitCode::SUCCESS)
}

/// What fits is kept in memory before it is shown, the rest in a file: an answer is whole or none.
const KEPT: usize = 8 << 20;

fn write_rows(warehouse: &Warehouse, sql: &str, arguments: &QueryArguments, format: Format) -> Result<ExitCode> {
    if let Some(path) = &arguments.output {
        write_file(path, |out| RowWriter::new(out, format).write(warehouse, sql, &arguments.parameters))?;
        return Ok(ExitCode::SUCCESS);
    }
    let kept = |error: std::io::Error| Error::usage("cannot keep the answer until it is whole").because(error);
    let mut answer = std::io::BufWriter::new(tempfile::spooled_tempfile(KEPT));
    RowWriter::new(&mut answer, format).write(warehouse, sql, &arguments.parameters)?;
    let mut answer = answer.into_inner().map_err(|error| kept(error.into_error()))?;
    answer.rewind().map_err(kept)?;
    print_from(&mut answer);
    Ok(ExitCode::SUCCESS)
}

/// The statement is asked as every other one is; only the rows it gave are then copied out.
fn write_parquet(warehouse: &Warehouse, sql: &str, arguments: &QueryArguments) -> Result<ExitCode> {
    let path = needed_output(arguments)?;
    if arguments.safe {
        return Err(Error::usage("--safe writes no Parquet file")
            .because("DuckDB writes it, and then may reach no file")
            .hint("csv, json and xlsx are written by this program"));
    }
    let answer = format!("CREATE TEMP TABLE answer AS {}", sql.trim().trim_end_matches(';'));
    warehouse.ask(&answer, &arguments.parameters, |_, _| Ok(()))?;
    write_path(path, |draft| warehouse.copy_to("FROM answer", draft, "FORMAT parquet, COMPRESSION zstd").map(drop))?;
    Ok(ExitCode::SUCCESS)
}

fn needed_output(arguments: &QueryArguments) -> Result<&PathBuf> {
    arguments.output.as_ref().ok_or_else(|| {
        Error::usage("this format is not for a terminal").hint("name the file with -o, for example -o answer.xlsx")
    })
}
