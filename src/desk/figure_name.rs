//! How an analyst names a figure, and what it names.

use crate::error::{Error, Result};
use crate::vocabulary::CellReference;
use crate::warehouse::{Value, Warehouse};

/// A figure as named by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureName {
    /// `doc_1f../3/B12`, as in `figure_key`
    Figure { document_key: String, sheet_number: i64, cell: String },
    /// `doc_1f../12:7/1`, as in `claim_key`; the last number may be left out
    Claim { document_key: String, line: i64, start: i64 },
    /// `file!sheet!B12`; the sheet may be left out where only one sheet has a figure there
    Cell { file: String, sheet: Option<String>, cell: String },
    /// `file:12` or `file:12:7`
    Line { file: String, line: i64, start: Option<i64> },
}

/// Where a named figure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Cell { document_key: String, sheet_number: i64, sheet: String, cell: String },
    Line { document_key: String, line: i64, start: Option<i64> },
}

impl FigureName {
    /// # Errors
    /// Not in one of the four forms.
    pub fn parse(text: &str) -> Result<Self> {
        Self::cell(text).or_else(|| Self::key(text)).or_else(|| Self::line(text)).ok_or_else(|| {
            Error::usage(format!("{text:?} names no figure")).hint(
                "give a figure_key or claim_key of the warehouse, or file!sheet!cell, or file:line, or file:line:start",
            )
        })
    }

    fn cell(text: &str) -> Option<Self> {
        let (rest, cell) = text.rsplit_once('!')?;
        let cell = CellReference::parse(cell.trim())?.to_string();
        let (file, sheet) = match rest.split_once('!') {
            Some((file, sheet)) => (file, Some(sheet.to_owned())),
            None => (rest, None),
        };
        Some(Self::Cell { file: file.to_owned(), sheet, cell })
    }

    fn key(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let document_key = parts.next().filter(|key| key.starts_with("doc_"))?.to_owned();
        let (place, last) = (parts.next()?, parts.next());
        if parts.next().is_some() {
            return None;
        }
        if let Some((line, start)) = place.split_once(':') {
            return Some(Self::Claim { document_key, line: line.parse().ok()?, start: start.parse().ok()? });
        }
        let cell = CellReference::parse(last?)?.to_string();
        Some(Self::Figure { document_key, sheet_number: place.parse().ok()?, cell })
    }

    fn line(text: &str) -> Option<Self> {
        let (before, last) = text.rsplit_once(':')?;
        let last: i64 = last.trim().parse().ok()?;
        if let Some((file, line)) = before.rsplit_once(':')
            && let Ok(line) = line.parse()
        {
            return Some(Self::Line { file: file.to_owned(), line, start: Some(last) });
        }
        Some(Self::Line { file: before.to_owned(), line: last, start: None })
    }

    /// # Errors
    /// A document or sheet the warehouse does not hold, or a name that means several.
    pub fn find(self, warehouse: &Warehouse) -> Result<Found> {
        match self {
            Self::Claim { document_key, line, start } => Ok(Found::Line { document_key, line, start: Some(start) }),
            Self::Line { file, line, start } => {
                Ok(Found::Line { document_key: document_of(warehouse, &file)?, line, start })
            }
            Self::Figure { document_key, sheet_number, cell } => {
                let sheets = sheets_of(warehouse, &document_key)?;
                let sheet = sheets.into_iter().find(|(number, _)| *number == sheet_number).map(|(_, sheet)| sheet);
                let sheet = sheet.ok_or_else(|| no_such(&format!("figure {document_key}/{sheet_number}/{cell}")))?;
                Ok(Found::Cell { document_key, sheet_number, sheet, cell })
            }
            Self::Cell { file, sheet, cell } => {
                let found = documents_of(warehouse, &file)?.into_iter().map(|document_key| {
                    let (sheet_number, sheet) = sheet_of(warehouse, &document_key, sheet.as_deref(), &cell)?;
                    Ok(Found::Cell { document_key, sheet_number, sheet, cell: cell.clone() })
                });
                found.reduce(Result::or).unwrap_or_else(|| Err(no_such(&format!("file {file}"))))
            }
        }
    }
}

/// The document at this path, or the only one whose path ends so.
fn document_of(warehouse: &Warehouse, file: &str) -> Result<String> {
    match documents_of(warehouse, file)?.as_slice() {
        [one] => Ok(one.clone()),
        _ => Err(Error::usage(format!("{file} holds the documents of several publishers"))
            .hint("name a cell, or give the figure_key")),
    }
}

/// The documents of the file at this path, or of the only file whose path ends so: a workbook of several publishers
/// holds several.
fn documents_of(warehouse: &Warehouse, file: &str) -> Result<Vec<String>> {
    let asked = file.replace('\\', "/");
    let frame = warehouse.query(
        "SELECT document_key, file, source FROM core.dim_document
         WHERE file = ?1 OR ends_with(file, '/' || ?1) OR source || '/' || file = ?1
         ORDER BY (file = ?1) DESC, is_current DESC, file",
        &[asked.as_str().into()],
    )?;
    let exact: Vec<&Vec<Value>> = frame.rows.iter().filter(|row| row[1].shown() == asked).collect();
    let candidates = if exact.is_empty() { frame.rows.iter().collect() } else { exact };
    let is_one_file = candidates.windows(2).all(|pair| pair[0][1..] == pair[1][1..]);
    match candidates.as_slice() {
        [] => {
            let name = asked.rsplit('/').next().unwrap_or(&asked);
            let near = warehouse.query(
                "SELECT file FROM core.dim_document ORDER BY jaro_winkler_similarity(parse_filename(file), ?1) DESC, file LIMIT 3",
                &[name.into()],
            )?;
            let near: Vec<String> = near.rows.iter().map(|row| row[0].shown()).collect();
            Err(no_such(&format!("file {file}")).hint(format!("closest: {}", near.join(", "))))
        }
        documents if is_one_file => Ok(documents.iter().map(|row| row[0].shown()).collect()),
        several => {
            let files: Vec<String> =
                several.iter().map(|row| format!("{} in {}", row[1].shown(), row[2].shown())).collect();
            Err(Error::usage(format!("{file} names {} files", several.len()))
                .because(files.join("; "))
                .hint("give the whole path, or the figure_key"))
        }
    }
}

fn sheets_of(warehouse: &Warehouse, document_key: &str) -> Result<Vec<(i64, String)>> {
    let frame = warehouse.query(
        "SELECT sheet_number, sheet FROM core.fact_report_table WHERE document_key = ?1
         UNION SELECT sheet_number, sheet FROM core.fact_amount WHERE document_key = ?1 ORDER BY 1",
        &[document_key.into()],
    )?;
    let sheet = |row: &Vec<Value>| Some((i64::try_from(row[0].as_integer()?).ok()?, row[1].shown()));
    Ok(frame.rows.iter().filter_map(sheet).collect())
}

fn sheet_of(warehouse: &Warehouse, document_key: &str, sheet: Option<&str>, cell: &str) -> Result<(i64, String)> {
    let mut sheets = sheets_of(warehouse, document_key)?;
    let names: Vec<String> = sheets.iter().map(|(_, name)| name.clone()).collect();
    let by_name = |found: &(i64, String)| sheet.is_none_or(|sheet| found.1.trim() == sheet.trim());
    sheets.retain(by_name);
    if sheets.len() > 1 {
        let frame = warehouse.query(
            "SELECT DISTINCT sheet_number FROM core.fact_amount WHERE document_key = ? AND cell = ?",
            &[document_key.into(), cell.into()],
        )?;
        let with_figure: Vec<i128> = frame.rows.iter().filter_map(|row| row[0].as_integer()).collect();
        if !with_figure.is_empty() {
            sheets.retain(|(number, _)| with_figure.contains(&i128::from(*number)));
        }
    }
    match sheets.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(no_such(&format!("sheet {}", sheet.unwrap_or_default()))
            .hint(format!("sheets with report tables: {}", names.join(", ")))),
        _ => Err(Error::usage(format!("{cell} stands in several sheets"))
            .hint(format!("name one: file!sheet!{cell}; sheets: {}", names.join(", ")))),
    }
}

fn no_such(what: &str) -> Error {
    Error::usage(format!("the warehouse holds no {what}")).hint("`juesuan query figures` lists what it holds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_forms_are_told_apart() {
        let parse = |text: &str| FigureName::parse(text).unwrap();
        let figure = FigureName::Figure { document_key: "doc_1".to_owned(), sheet_number: 3, cell: "B12".to_owned() };
        assert_eq!(parse("doc_1/3/B12"), figure);
        assert_eq!(parse("doc_1/7:12/1"), FigureName::Claim { document_key: "doc_1".to_owned(), line: 7, start: 12 });
        assert_eq!(
            parse("示例局/决算.xls!附表 1!b3"),
            FigureName::Cell {
                file: "示例局/决算.xls".to_owned(),
                sheet: Some("附表 1".to_owned()),
                cell: "B3".to_owned()
            }
        );
        assert_eq!(
            parse("a.xls!B3"),
            FigureName::Cell { file: "a.xls".to_owned(), sheet: None, cell: "B3".to_owned() }
        );
        assert_eq!(parse("说明.txt:12"), FigureName::Line { file: "说明.txt".to_owned(), line: 12, start: None });
        assert_eq!(
            parse("C:/说明.txt:12:5"),
            FigureName::Line { file: "C:/说明.txt".to_owned(), line: 12, start: Some(5) }
        );
        assert!(FigureName::parse("nothing").is_err());
    }
}
