//! `juesuan inspect FILE`

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::decode::{self, Document, Grid, Limits, PrintedAt};
use crate::error::{Error, Result};
use crate::extract::narrative::{self, Rules, Text};
use crate::extract::table::{self, Layouts};
use crate::identity::{Evidence, Identities, PlaceHint};
use crate::vocabulary::CellReference;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan inspect disclosures/决算报表.xls
  juesuan inspect --region 310000 --year 2023 决算报表.xls
  juesuan inspect --json disclosures/决算说明.docx")]
pub struct InspectArguments {
    /// A workbook or a text
    file: PathBuf,
    /// Read it as a document of this region (code or name), whatever it says itself
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Read it as a document of this fiscal year, whatever it says itself
    #[arg(long, value_name = "YEAR")]
    year: Option<i32>,
}

pub fn inspect(arguments: &InspectArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let layouts = Layouts::load(&project)?;
    let rules = Rules::load(&project)?;
    let identities = Identities::load(&project)?;
    let region = arguments.region.as_deref().map(|text| region_called(text, &identities)).transpose()?;
    let path = &arguments.file;
    let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    let document = decode::decode(&bytes, &path.to_string_lossy(), &Limits::default())
        .map_err(|failure| Error::usage(format!("{}: {failure}", path.display())).hint(failure.hint()))?;
    let opened = Text::open(&document, &rules);
    let shown_path = path.to_string_lossy().replace('\\', "/");
    let evidence = Evidence { title_page: opened.title_page().clone(), ..Evidence::of_path(&shown_path) };
    let hint = identities.hint(&evidence).or_rather(region, arguments.year);
    let tables = table::inspect(&document, &layouts, &hint);
    let has_tables = tables.tables.iter().any(|table| table.is_final);
    let text = narrative::inspect(&opened.with_tables(has_tables), &rules, &hint);
    let hidden: Vec<Hidden> = document.grids.iter().flat_map(hidden_in).collect();
    if global.json {
        let value = serde_json::json!({
            "file": path.display().to_string(),
            "format": document.format.as_str(),
            "encoding": document.encoding,
            "pages": printed_pages(&document),
            "not_read": document.findings.iter().map(|finding| &finding.message).collect::<Vec<_>>(),
            "place": hint,
            "hidden": hidden,
            "tables": tables,
            "text": text,
        });
        say!("{}", serde_json::to_string_pretty(&value).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    say!("{} · {} {}", path.display(), document.format.as_str(), document.encoding);
    say!("{}\n", global.say(&read_as(&hint)));
    let pages = printed_pages(&document);
    if pages.count > 0 {
        say!("{}\n", global.say(&pages.to_string()));
    }
    for finding in &document.findings {
        say!("  {}\n", global.say(&finding.message));
    }
    if !document.grids.is_empty() {
        say!("{}", global.say(&tables.to_string()));
    }
    for hidden in &hidden {
        let place = format!("{}!{}", hidden.sheet, hidden.cell);
        say!("{}", global.say(&format!("  not shown {place} {} ({})", hidden.value, global.say(hidden.why))));
    }
    if !document.lines.is_empty() {
        say!("{}", global.say(text.text().trim_end()));
    }
    Ok(ExitCode::SUCCESS)
}

/// What the pages of a printed document hold.
#[derive(Debug, Serialize)]
struct PrintedPages {
    count: u32,
    /// Straight rules that were found on them.
    rules: u32,
    tables: Vec<PrintedTable>,
}

#[derive(Debug, Serialize)]
struct PrintedTable {
    sheet: String,
    first_page: u32,
    last_page: u32,
    rows: u32,
    columns: u32,
}

fn printed_pages(document: &Document) -> PrintedPages {
    let table = |(grid, cells): (&Grid, &Vec<(CellReference, PrintedAt)>)| PrintedTable {
        sheet: grid.sheet.clone(),
        first_page: cells.first().map_or(0, |(_, place)| place.page),
        last_page: cells.last().map_or(0, |(_, place)| place.page),
        rows: grid.rows,
        columns: grid.columns,
    };
    PrintedPages {
        count: document.pages.count,
        rules: document.pages.rules,
        tables: document.grids.iter().zip(&document.pages.cells).map(table).collect(),
    }
}

impl fmt::Display for PrintedPages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "  pages    {} · {} rules · {} tables", self.count, self.rules, self.tables.len())?;
        for table in &self.tables {
            let PrintedTable { sheet, first_page, last_page, rows, columns } = table;
            write!(
                formatter,
                "\n  printed  {sheet}: page {first_page} to {last_page}, {rows} rows, {columns} columns"
            )?;
        }
        Ok(())
    }
}

fn region_called(text: &str, identities: &Identities) -> Result<String> {
    identities.region_called(text).ok_or_else(|| {
        Error::usage(format!("no region is called {text}, or several are"))
            .hint("give its code: pipelines/reference/regions.csv lists them")
    })
}

/// The region and year whose layouts and rules are used, and why.
fn read_as(hint: &PlaceHint) -> String {
    let because = |source: &str| match source {
        "content" => "printed in the document",
        "folder" => "name of a folder",
        "path" => "part of the path",
        _ => "given on the command line",
    };
    let region = match &hint.region_code {
        Some(code) => format!("  region   {code}  [{}: {}]", because(&hint.region_source), hint.region_words),
        None => "  region   not known: what is limited to regions is not used".to_owned(),
    };
    let year = match hint.fiscal_year {
        Some(year) => format!("  year     {year}  [{}]", because(&hint.year_source)),
        None => "  year     not known: what is limited to years is not used".to_owned(),
    };
    format!("{region}\n{year}")
}

/// A cell that the sheet holds and no reader sees.
#[derive(Debug, Serialize)]
struct Hidden {
    sheet: String,
    cell: String,
    value: String,
    why: &'static str,
}

fn hidden_in(grid: &Grid) -> impl Iterator<Item = Hidden> {
    grid.hidden_cells.iter().map(|hidden| Hidden {
        sheet: grid.sheet.clone(),
        cell: hidden.cell.at.to_string(),
        value: hidden.cell.value.printed(),
        why: hidden.why.as_str(),
    })
}
