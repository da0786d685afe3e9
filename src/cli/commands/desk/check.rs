//! `juesuan check`

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::cli::global::{Global, Language};
use crate::cli::terminal::say::Terminal;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::reconcile::report::{self, Baseline, Origin, ReportWriter};
use crate::reconcile::{self, Catalogue};
use crate::run;
use crate::warehouse::{Scope, Value, Warehouse};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan check --warehouse juesuan.duckdb
  juesuan check --lang zh --format html -o findings.html
  juesuan check --format sarif --strict --baseline accepted.toml
  juesuan check --department 应急管理局 --year 2023 --all")]
pub struct CheckArguments {
    /// The published DuckDB file
    #[arg(long, value_name = "FILE", env = "JUESUAN_WAREHOUSE", default_value = "juesuan.duckdb")]
    warehouse: PathBuf,
    /// Shape of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of the terminal
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only departments whose name holds this text
    #[arg(long, value_name = "TEXT")]
    department: Option<String>,
    /// Only this fiscal year
    #[arg(long)]
    year: Option<i32>,
    /// Findings of severity info too: rounding, truncation, style
    #[arg(long)]
    all: bool,
    /// Accepted findings (TOML) instead of pipelines/baseline.toml
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Exit with 1 when there is a finding of severity error
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Csv,
    Json,
    Sarif,
    Html,
}

pub fn check(arguments: &CheckArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let catalogue = Catalogue::load(&project)?;
    let warehouse = Warehouse::open_read_only(&arguments.warehouse)?;
    let baseline = baseline(arguments, &project)?;
    let mut writer = ReportWriter::begin(output(arguments)?, format(arguments, global), language(global.lang))?;
    writer.hides_info = !arguments.all;
    writer.origin = origin(arguments, &warehouse)?;
    let wanted = warehouse.facts_and_answers(&catalogue, Scope::Everything)?.filter(|facts| {
        facts.as_ref().map_or(true, |facts| {
            arguments.department.as_ref().is_none_or(|name| facts.department.contains(name.as_str()))
                && arguments.year.is_none_or(|year| facts.fiscal_year == Some(year))
        })
    });
    let summary = reconcile::run(&catalogue, wanted, &baseline, |_, report| writer.disclosure(&report))?;
    writer.finish(&summary)?;
    Ok(ExitCode::from(u8::from(arguments.strict && summary.has_errors())))
}

/// What the report is of; a warehouse without a run says nothing of one.
fn origin(arguments: &CheckArguments, warehouse: &Warehouse) -> Result<Origin> {
    let frame = warehouse.query(
        "SELECT run_id, date_trunc('second', finished_at) FROM audit.run WHERE outcome = 'published' ORDER BY run_id DESC LIMIT 1",
        &[],
    )?;
    let shown = |at: usize| frame.rows.first().and_then(|row| row.get(at)).map(Value::shown).unwrap_or_default();
    Ok(Origin {
        warehouse: arguments.warehouse.display().to_string(),
        run: shown(0),
        finished: shown(1).replace('T', " "),
        today: run::today(),
    })
}

fn format(arguments: &CheckArguments, global: &Global) -> report::Format {
    match arguments.format {
        Format::Text if global.json => report::Format::Json,
        Format::Text => report::Format::Text,
        Format::Csv => report::Format::Csv,
        Format::Json => report::Format::Json,
        Format::Sarif => report::Format::Sarif,
        Format::Html => report::Format::Html,
    }
}

fn language(language: Language) -> report::Language {
    match language {
        Language::En => report::Language::English,
        Language::Zh => report::Language::Chinese,
    }
}

fn output(arguments: &CheckArguments) -> Result<Box<dyn Write>> {
    match &arguments.output {
        Some(path) => {
            let file = File::create(path).map_err(|error| Error::io("write", path, &error))?;
            Ok(Box::new(BufWriter::new(file)))
        }
        None => Ok(Box::new(BufWriter::new(Terminal))),
    }
}

fn baseline(arguments: &CheckArguments, project: &Project) -> Result<Baseline> {
    let Some(path) = &arguments.baseline else { return run::baseline(project) };
    let text = std::fs::read_to_string(path).map_err(|error| Error::io("read the baseline", path, &error))?;
    Baseline::read(&text, &path.display().to_string(), &run::today())
}
