//! `juesuan export`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::cli::global::{Global, WarehouseArgument};
use crate::cli::terminal::say::say;
use crate::error::{Error, Result};
use crate::export::{
    CsvStyle, Extract, FileFormat, MoneyUnit, PackagedTable, Selected, Selection, TableFile, TextEncoding,
    all_extracts, chosen, last_run, named_extracts, write_datapackage,
};
use crate::project::Project;
use crate::run::StateFolder;
use crate::warehouse::Warehouse;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Parquet,
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Encoding {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "gb18030")]
    Gb18030,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Headers {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    #[value(name = "元", alias = "yuan")]
    Yuan,
    #[value(name = "万元", alias = "wan")]
    WanYuan,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan export --list
  juesuan export                                             every extract a run writes, into exported/
  juesuan export figures --year 2022-2024 --region 310000 --out shanghai
  juesuan export v_entity_year --excel --headers zh --unit 万元   for a double click in Excel
  juesuan export v_entity_year --wide --format xlsx           one column for each value and year
  juesuan export figures --format parquet --partition year,region --out lake
  juesuan export claims --encoding gb18030

CSVs get a datapackage.json beside them (Frictionless Data Package). Files appear whole or not at all.
Text that a spreadsheet would run as a formula gets an apostrophe in front; --unguarded leaves it as it is.")]
pub struct ExportArguments {
    /// Extracts and marts [default: every extract of sql/extracts/]
    names: Vec<String>,
    #[command(flatten)]
    warehouse: WarehouseArgument,
    /// Folder to write to; never the one a run publishes its extracts in
    #[arg(long, value_name = "DIR", default_value = "exported")]
    out: PathBuf,
    /// Kind of file
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// List what can be exported
    #[arg(long)]
    list: bool,
    /// Fiscal years: 2023, 2021,2023 or 2021-2024
    #[arg(long, value_name = "YEARS", value_delimiter = ',', value_parser = year_range)]
    year: Vec<(i32, i32)>,
    /// Region code (with everything below it) or name
    #[arg(long, value_name = "REGION", value_delimiter = ',')]
    region: Vec<String>,
    /// Department: a part of its name, or its key
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    department: Vec<String>,
    /// One column for each value and year
    #[arg(long)]
    wide: bool,
    /// Columns that name a row of the wide shape
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', requires = "wide")]
    keys: Vec<String>,
    /// For Excel by a double click: byte order mark, codes kept as text
    #[arg(long)]
    excel: bool,
    /// Encoding of the CSV files
    #[arg(long, value_enum, default_value = "utf-8")]
    encoding: Encoding,
    /// Headings in Chinese or English words [default: the columns' names]
    #[arg(long, value_enum)]
    headers: Option<Headers>,
    /// Unit of the amounts in columns named .._yuan
    #[arg(long, value_enum, default_value = "元")]
    unit: Unit,
    /// Leave text that looks like a formula as it is
    #[arg(long)]
    unguarded: bool,
    /// Partition Parquet by columns: year, region, or any column's name
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    partition: Vec<String>,
}

pub fn export(arguments: &ExportArguments, global: &Global) -> Result<ExitCode> {
    check(arguments)?;
    let project = global.open_project()?;
    let warehouse = arguments.warehouse.open()?;
    let all = all_extracts(&warehouse, &project)?;
    if arguments.list {
        list(&all, global);
        return Ok(ExitCode::SUCCESS);
    }
    let names: Vec<String> = match arguments.names.as_slice() {
        [] => named_extracts(&project)?.into_iter().map(|extract| extract.name).collect(),
        names => names.to_vec(),
    };
    let extracts = chosen(&all, &names)?;
    let state = StateFolder::of(&arguments.warehouse.warehouse);
    if let Some(published) = state.extracts_folder().filter(|published| lies_in(&arguments.out, published)) {
        return Err(Error::usage(format!("{} belongs to the run", arguments.out.display()))
            .because(format!("`juesuan run` publishes its extracts in {}", published.display()))
            .hint("choose another folder with --out; `juesuan run` writes the published extracts again"));
    }
    std::fs::create_dir_all(&arguments.out).map_err(|error| Error::io("write to", &arguments.out, &error))?;
    let mut written = Vec::new();
    for extract in extracts {
        written.push(write_one(arguments, &warehouse, &project, extract)?);
    }
    if arguments.format == Format::Csv {
        describe(arguments, &written, &warehouse, &project)?;
    }
    report(arguments, &written, global);
    for written in written.iter().filter(|written| !written.selected.left_out.is_empty()) {
        let columns = written.selected.left_out.join(", ");
        global.tell_aside(&format!("{}: the wide shape has no place for {columns}", written.extract.name));
    }
    let selects = !(arguments.year.is_empty() && arguments.region.is_empty() && arguments.department.is_empty());
    if selects && written.iter().all(|written| written.rows == 0) {
        global.tell_aside("nothing matches --year, --region and --department: the files hold their headings only");
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a folder that may not be there yet is the other one or lies in it.
fn lies_in(folder: &Path, outer: &Path) -> bool {
    let there = folder.ancestors().find_map(|known| known.canonicalize().ok().map(|real| (known, real)));
    let whole = there.and_then(|(known, real)| Some(real.join(folder.strip_prefix(known).ok()?)));
    whole.is_some_and(|whole| whole.starts_with(outer))
}

/// One extract that was written.
struct Written<'a> {
    extract: &'a Extract,
    selected: Selected,
    headings: Vec<String>,
    path: String,
    rows: u64,
}

fn write_one<'a>(
    arguments: &ExportArguments,
    warehouse: &Warehouse,
    project: &Project,
    extract: &'a Extract,
) -> Result<Written<'a>> {
    let selection = Selection {
        years: arguments.year.clone(),
        regions: arguments.region.clone(),
        departments: arguments.department.clone(),
        unit: if arguments.unit == Unit::WanYuan { MoneyUnit::WanYuan } else { MoneyUnit::Yuan },
        wide: arguments.wide,
        wide_keys: arguments.keys.clone(),
    };
    let selected = selection.apply(warehouse, project, extract)?;
    let headings = headings(arguments, extract, &selected);
    let format = file_format(arguments, extract, &selected)?;
    let path = match (&format, arguments.format) {
        (FileFormat::Parquet(columns), _) if !columns.is_empty() => extract.name.clone(),
        (_, Format::Csv) => format!("{}.csv", extract.name),
        (_, Format::Parquet) => format!("{}.parquet", extract.name),
        (_, Format::Xlsx) => format!("{}.xlsx", extract.name),
    };
    let target = arguments.out.join(&path);
    let folder = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| Error::io("write to", folder, &error))?;
    let file = TableFile { sql: selected.sql.clone(), headings: headings.clone(), format };
    let rows = file.write(warehouse, &target)?;
    Ok(Written { extract, selected, headings, path, rows })
}

fn headings(arguments: &ExportArguments, extract: &Extract, selected: &Selected) -> Vec<String> {
    let Some(headers) = arguments.headers else { return selected.names() };
    let sources: Vec<String> = selected.columns.iter().map(|column| column.source.clone()).collect();
    let mut unique = sources.clone();
    unique.dedup();
    let words = extract.notes.headings(&unique, headers == Headers::Zh);
    let word_of = |source: &String| unique.iter().position(|name| name == source).and_then(|at| words.get(at));
    let headings = selected.columns.iter().map(|column| {
        let mut heading = word_of(&column.source).cloned().unwrap_or_else(|| column.name.clone());
        if column.name != column.source && column.name.contains("_wan_yuan") {
            heading += if headers == Headers::Zh { "（万元）" } else { " (10,000 yuan)" };
        } else if column.source.ends_with("_yuan") && headers == Headers::Zh {
            heading += "（元）";
        }
        match column.year {
            Some(year) => format!("{heading} {year}"),
            None => heading,
        }
    });
    headings.collect()
}

fn file_format(arguments: &ExportArguments, extract: &Extract, selected: &Selected) -> Result<FileFormat> {
    match arguments.format {
        Format::Csv => Ok(FileFormat::Csv(csv_style(arguments))),
        Format::Xlsx => Ok(FileFormat::Xlsx),
        Format::Parquet => {
            let names = selected.names();
            let columns = arguments.partition.iter().map(|column| match column.as_str() {
                "year" => "fiscal_year".to_owned(),
                "region" => "region_code".to_owned(),
                other => other.to_owned(),
            });
            let columns: Vec<String> = columns.collect();
            match columns.iter().find(|column| !names.contains(column)) {
                Some(missing) => Err(Error::usage(format!("{} cannot be partitioned by {missing}", extract.name))
                    .hint(format!("its columns: {}", names.join(", ")))),
                None => Ok(FileFormat::Parquet(columns)),
            }
        }
    }
}

fn csv_style(arguments: &ExportArguments) -> CsvStyle {
    let encoding = match arguments.encoding {
        Encoding::Utf8 => TextEncoding::Utf8,
        Encoding::Gb18030 => TextEncoding::Gb18030,
    };
    CsvStyle { excel: arguments.excel, encoding, guarded: !arguments.unguarded }
}

fn describe(arguments: &ExportArguments, written: &[Written], warehouse: &Warehouse, project: &Project) -> Result<()> {
    let tables: Vec<PackagedTable> = written
        .iter()
        .map(|written| PackagedTable {
            extract: written.extract,
            selected: &written.selected,
            headings: &written.headings,
            path: written.path.clone(),
            style: csv_style(arguments),
            digest: None,
        })
        .collect();
    write_datapackage(&arguments.out, &tables, project, &last_run(warehouse)?)
}

fn report(arguments: &ExportArguments, written: &[Written], global: &Global) {
    if global.json {
        let files: Vec<serde_json::Value> = written
            .iter()
            .map(|written| {
                json!({ "name": written.extract.name, "path": arguments.out.join(&written.path), "rows": written.rows })
            })
            .collect();
        say!("{}", json!({ "written": files }));
    } else if !global.quiet {
        for written in written {
            let path = arguments.out.join(&written.path);
            say!("{}", global.say(&format!("{} · {} rows", path.display(), written.rows)));
        }
    }
}

fn list(extracts: &[Extract], global: &Global) {
    let title = |extract: &Extract| {
        if global.is_chinese() { extract.title.0.clone() } else { extract.title.1.clone() }
    };
    if global.json {
        let names: Vec<serde_json::Value> =
            extracts.iter().map(|extract| json!({ "name": extract.name, "title": title(extract) })).collect();
        say!("{}", json!({ "extracts": names }));
        return;
    }
    let rows: Vec<Vec<String>> = extracts.iter().map(|extract| vec![extract.name.clone(), title(extract)]).collect();
    say!("{}", global.table(&global.headings(&["name", "content"]), &rows));
}

/// Options that would have no effect are told, not ignored.
fn check(arguments: &ExportArguments) -> Result<()> {
    let is_csv = arguments.format == Format::Csv;
    let wrong = [
        (arguments.excel && !is_csv, "--excel is for CSV", "an .xlsx needs no help for Excel"),
        (arguments.encoding == Encoding::Gb18030 && !is_csv, "--encoding is for CSV", "leave it out"),
        (
            arguments.headers.is_some() && arguments.format == Format::Parquet,
            "--headers is for CSV and XLSX",
            "Parquet keeps the columns' names, so that engines can join by them",
        ),
        (
            !arguments.partition.is_empty() && arguments.format != Format::Parquet,
            "--partition is for Parquet",
            "add --format parquet",
        ),
    ];
    match wrong.into_iter().find(|(is_wrong, _, _)| *is_wrong) {
        Some((_, what, hint)) => Err(Error::usage(what).hint(hint)),
        None => Ok(()),
    }
}

/// `2023`, or `2021-2024`.
pub fn year_range(text: &str) -> std::result::Result<(i32, i32), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let year = |text: &str| text.trim().parse::<i32>().map_err(|_| format!("{text:?} is no year"));
    let (first, last) = (year(first)?, year(last)?);
    if first <= last { Ok((first, last)) } else { Err(format!("{first} is after {last}")) }
}
