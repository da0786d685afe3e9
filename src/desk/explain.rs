//! From a figure back to its cell or sentence, what it was checked against, and its other versions.

use serde_json::{Value as Json, json};

use crate::decode::Document;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::vocabulary::CellReference;
use crate::warehouse::{Value, Warehouse};

use super::checks::{CheckedAgainst, checked_against};
use super::figure_name::{FigureName, Found};
use super::neighbourhood::Neighbourhood;
use super::section::Section;
use super::source_view::{SourceState, SourceView};

/// What the figure is.
#[derive(Debug, Clone)]
pub enum Subject {
    Cell {
        sheet: String,
        cell: String,
        neighbourhood: Neighbourhood,
    },
    Line {
        line: i64,
        /// The whole line of the file, or the stored sentence when the file is gone.
        text: String,
        /// The numbers asked about, as characters of `text`; empty where their places in it are not known.
        spans: Vec<(usize, usize)>,
    },
}

/// The whole answer.
#[derive(Debug, Clone)]
pub struct Explanation {
    pub document: Section,
    pub source_state: SourceState,
    pub subject: Subject,
    /// One row for each meaning; no row where the place holds nothing that was read as a figure.
    pub facts: Section,
    pub checks: Vec<CheckedAgainst>,
    pub findings: Section,
    pub versions: Section,
}

/// Explains the figure a person named, see [`FigureName`].
///
/// # Errors
/// A name in no known form, or of nothing the warehouse holds.
pub fn explain(warehouse: &Warehouse, project: &Project, name: &str) -> Result<Explanation> {
    let found = FigureName::parse(name)?.find(warehouse)?;
    let document_key = match &found {
        Found::Cell { document_key, .. } | Found::Line { document_key, .. } => document_key.clone(),
    };
    let ask = |path: &str, parameters: &[Value]| Section::ask(warehouse, project, path, parameters);
    let document = ask("sql/explain/document.sql", &[document_key.as_str().into()])?;
    if document.frame.rows.is_empty() {
        return Err(Error::usage(format!("the warehouse holds no document {document_key}"))
            .hint("keys change when a file does: `juesuan query figures` lists those of today"));
    }
    let text = |column: &str| document.first(column).shown();
    let view = SourceView::open(&text("source"), &text("file"), &text("sha256"));
    let (kind, place, parameters) = match &found {
        Found::Cell { sheet_number, sheet, cell, .. } => {
            let parameters = vec![document_key.as_str().into(), (*sheet_number).into(), cell.as_str().into()];
            ("figure", format!("{sheet}!{cell}"), parameters)
        }
        Found::Line { line, start, .. } => {
            let place = match start {
                Some(start) => format!("line {line}:{start}"),
                None => format!("line {line}"),
            };
            ("claim", place, vec![document_key.as_str().into(), (*line).into(), (*start).into()])
        }
    };
    let facts = ask(&format!("sql/explain/{kind}.sql"), &parameters)?;
    let subject = match &found {
        Found::Cell { sheet_number, sheet, cell, .. } => {
            let at = CellReference::parse(cell).ok_or_else(|| {
                Error::usage(format!("{cell} is no cell")).hint("a cell is letters and a number, for example C9")
            })?;
            let grid = view
                .document
                .as_ref()
                .and_then(|document| document.grids.iter().find(|grid| i64::from(grid.sheet_number) == *sheet_number));
            let neighbourhood = match grid {
                Some(grid) => Neighbourhood::of_grid(grid, at),
                None => Neighbourhood::of_facts(warehouse, project, &document_key, *sheet_number, at)?,
            };
            Subject::Cell { sheet: sheet.clone(), cell: cell.clone(), neighbourhood }
        }
        Found::Line { line, start, .. } => line_subject(warehouse, &document_key, *line, *start, view.document)?,
    };
    Ok(Explanation {
        checks: checked_against(warehouse, project, &text("disclosure_key"), &found)?,
        findings: ask("sql/explain/findings.sql", &[document_key.as_str().into(), place.into()])?,
        versions: ask(&format!("sql/explain/{kind}_versions.sql"), &parameters)?,
        source_state: view.state,
        document,
        subject,
        facts,
    })
}

fn line_subject(
    warehouse: &Warehouse,
    document_key: &str,
    line: i64,
    start: Option<i64>,
    document: Option<Document>,
) -> Result<Subject> {
    let claims = warehouse.query(
        "SELECT DISTINCT char_start, char_end, sentence, printed FROM core.fact_claim
         WHERE document_key = $1 AND line_number = $2 AND ($3 IS NULL OR char_start = $3) ORDER BY 1",
        &[document_key.into(), line.into(), start.into()],
    )?;
    let number = |value: &Value| value.as_integer().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    let lines = document.as_ref().map(|document| document.lines.last().map_or(0, |line| line.number));
    let in_file = document.and_then(|document| {
        document.lines.into_iter().find(|found| i64::from(found.number) == line).map(|found| found.text)
    });
    if let Some(text) = in_file {
        let spans = claims.rows.iter().map(|row| (number(&row[0]), number(&row[1]))).collect();
        return Ok(Subject::Line { line, text, spans });
    }
    let Some(first) = claims.rows.first() else {
        if let Some(lines) = lines {
            return Err(Error::usage(format!("there is no line {line}"))
                .hint(format!("the file has lines 1 to {lines}; `juesuan inspect` shows what was read in it")));
        }
        return Err(Error::usage(format!("no number of line {line} was read as a figure, and its file is gone"))
            .hint("put the source file back, or ask for another line"));
    };
    let (sentence, printed) = (first[2].shown(), first[3].shown());
    let places: Vec<usize> = sentence.match_indices(&printed).map(|(at, _)| sentence[..at].chars().count()).collect();
    let spans = match places.as_slice() {
        [only] => vec![(*only, only + printed.chars().count())],
        _ => Vec::new(),
    };
    Ok(Subject::Line { line, text: sentence, spans })
}

impl Explanation {
    pub fn json(&self) -> Json {
        let subject = match &self.subject {
            Subject::Cell { sheet, cell, neighbourhood } => {
                json!({ "sheet": sheet, "cell": cell, "neighbourhood": neighbourhood })
            }
            Subject::Line { line, text, spans } => json!({ "line": line, "text": text, "spans": spans }),
        };
        json!({
            "document": self.document.frame.objects().get(0),
            "source_state": self.source_state,
            "place": subject,
            "figures": self.facts.frame.objects(),
            "checks": self.checks,
            "findings": self.findings.frame.objects(),
            "versions": self.versions.frame.objects(),
        })
    }
}
