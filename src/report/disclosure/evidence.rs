//! Where the numbers of a disclosure stand: the cells of its sheets with their neighbours, the sentences with the number
//! marked, the printed page. Drawn from the file while it is there and unchanged, as `juesuan explain` does; else from
//! what the warehouse holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::page_cut::{self, PageCut, Wanted};
use crate::decode::{Document, Grid};
use crate::desk::{SourceState, SourceView};
use crate::report::places::anchor;
use crate::report::store::Rows;
use crate::vocabulary::CellReference;
use crate::warehouse::Value;

/// Rows shown at the head of a sheet, and around each number.
const HEAD_ROWS: u32 = 7;
const ROWS_AROUND: u32 = 1;
/// Wider sheets show their first columns and those around the numbers.
const WIDE: u32 = 14;
/// Neighbouring texts are cut beyond this; a marked number never is.
const MOST_CHARACTERS: usize = 60;

/// A document and what of it is used.
#[derive(Debug, Default, Serialize)]
pub struct DocumentShown {
    pub id: String,
    pub file: String,
    /// Empty, `changed` or `gone`.
    pub state: &'static str,
    pub sheets: Vec<SheetShown>,
    pub lines: Vec<LineShown>,
    pub pages: Vec<PageCut>,
    /// Where the file is not there: what the warehouse holds of each number.
    pub facts: Vec<FactShown>,
}

#[derive(Debug, Serialize)]
pub struct SheetShown {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: Vec<RowShown>,
}

#[derive(Debug, Serialize)]
pub struct RowShown {
    pub number: u32,
    /// Rows are left out before this one.
    pub is_after_gap: bool,
    pub cells: Vec<CellShown>,
}

#[derive(Debug, Serialize)]
pub struct CellShown {
    pub text: String,
    /// Set where the cell is a number that is linked to.
    pub id: String,
}

#[derive(Debug, Serialize)]
pub struct LineShown {
    pub number: String,
    pub page: String,
    pub parts: Vec<CellShown>,
}

#[derive(Debug, Serialize)]
pub struct FactShown {
    pub id: String,
    pub place: String,
    pub label: String,
    pub header: String,
    pub printed: String,
}

/// Some rows of an answer.
type Picked<'a> = Vec<&'a Vec<Value>>;

/// The rows of `sql/report/cells.sql` and `sentences.sql` of one page, document by document.
pub fn of_page(cells: &Rows, sentences: &Rows) -> Vec<DocumentShown> {
    let mut documents: BTreeMap<String, (Picked<'_>, Picked<'_>)> = BTreeMap::new();
    for row in &cells.rows {
        documents.entry(cells.text(row, "document_key")).or_default().0.push(row);
    }
    for row in &sentences.rows {
        documents.entry(sentences.text(row, "document_key")).or_default().1.push(row);
    }
    let used = documents.into_iter().map(|(key, (figures, claims))| Used { key, cells, sentences, figures, claims });
    used.map(|used| used.shown()).collect()
}

struct Used<'a> {
    key: String,
    cells: &'a Rows,
    sentences: &'a Rows,
    figures: Picked<'a>,
    claims: Picked<'a>,
}

impl Used<'_> {
    fn shown(&self) -> DocumentShown {
        let text = |column: &str| match (self.figures.first(), self.claims.first()) {
            (Some(row), _) => self.cells.text(row, column),
            (None, Some(row)) => self.sentences.text(row, column),
            (None, None) => String::new(),
        };
        let (source, file, sha256) = (text("source"), text("file"), text("sha256"));
        let view = SourceView::open(&source, &file, &sha256);
        let mut shown = DocumentShown {
            id: anchor(&self.key),
            state: match view.state {
                SourceState::Unchanged => "",
                SourceState::Changed => "changed",
                SourceState::Gone => "gone",
            },
            ..DocumentShown::default()
        };
        match &view.document {
            Some(document) => {
                shown.sheets = self.sheets(document);
                shown.lines = self.lines(|line| line_of(document, line));
                if document.pages.count > 0 {
                    shown.pages = page_cut::of_file(&source, &file, &self.printed(document));
                }
            }
            None => {
                shown.facts = self.figures.iter().filter_map(|row| self.fact(row)).collect();
                shown.lines = self.lines(|_| None);
            }
        }
        shown.file = file;
        shown
    }

    fn sheets(&self, document: &Document) -> Vec<SheetShown> {
        let mut by_sheet: BTreeMap<u32, BTreeSet<CellReference>> = BTreeMap::new();
        for row in &self.figures {
            let number = count(&self.cells.value(row, "sheet_number"));
            // Without a cell the document as a whole is meant.
            if let Some(at) = CellReference::parse(&self.cells.text(row, "cell")) {
                by_sheet.entry(number).or_default().insert(at);
            }
        }
        let sheet = |(number, marked): (u32, BTreeSet<CellReference>)| {
            let grid = document.grids.iter().find(|grid| grid.sheet_number == number)?;
            Some(sheet_shown(grid, &marked, |at| anchor(&format!("{}/{number}/{at}", self.key))))
        };
        by_sheet.into_iter().filter_map(sheet).collect()
    }

    fn lines(&self, text_of: impl Fn(u32) -> Option<String>) -> Vec<LineShown> {
        let mut by_line: BTreeMap<u32, Picked<'_>> = BTreeMap::new();
        for row in &self.claims {
            by_line.entry(count(&self.sentences.value(row, "line_number"))).or_default().push(row);
        }
        let line = |(number, rows): (u32, Picked<'_>)| {
            let spans = rows.iter().map(|row| Span {
                start: count(&self.sentences.value(row, "char_start")) as usize,
                end: count(&self.sentences.value(row, "char_end")) as usize,
            });
            let id = |start: usize| anchor(&format!("{}/{number}:{start}", self.key));
            let page = rows.first().map(|row| self.sentences.text(row, "page")).unwrap_or_default();
            let parts = match text_of(number) {
                Some(text) => marked(&text, spans, id),
                None => rows.iter().flat_map(|row| self.stored_sentence(row, &id)).collect(),
            };
            LineShown { number: number.to_string(), page, parts }
        };
        by_line.into_iter().map(line).collect()
    }

    /// The sentence of the warehouse with the number marked.
    fn stored_sentence(&self, row: &[Value], id: &impl Fn(usize) -> String) -> Vec<CellShown> {
        let sentence = self.sentences.text(row, "sentence");
        let start = count(&self.sentences.value(row, "sentence_offset")) as usize;
        let end = start + self.sentences.text(row, "printed").chars().count();
        let place = id(count(&self.sentences.value(row, "char_start")) as usize);
        let mut parts = marked(&sentence, std::iter::once(Span { start, end }), |_| place.clone());
        parts.push(CellShown { text: " ".to_owned(), id: String::new() });
        parts
    }

    fn fact(&self, row: &[Value]) -> Option<FactShown> {
        let text = |column: &str| self.cells.text(row, column);
        (!text("cell").is_empty()).then(|| FactShown {
            id: anchor(&format!("{}/{}/{}", self.key, text("sheet_number"), text("cell"))),
            place: format!("{}!{}", text("sheet"), text("cell")),
            label: text("row_label"),
            header: text("header_path"),
            printed: format!("{} {}", text("printed"), text("unit")).trim().to_owned(),
        })
    }

    /// What is to be found on printed pages.
    fn printed(&self, document: &Document) -> Vec<Wanted> {
        let boxed = self.figures.iter().map(|row| Wanted {
            page: count(&self.cells.value(row, "page")),
            area: page_cut::area(&self.cells.text(row, "page_box")),
            before: String::new(),
            printed: self.cells.text(row, "printed"),
            after: String::new(),
            key: format!("{}/{}/{}", self.key, self.cells.text(row, "sheet_number"), self.cells.text(row, "cell")),
        });
        let said = self.claims.iter().map(|row| {
            let number = |column: &str| count(&self.sentences.value(row, column));
            let (line, start, end) =
                (number("line_number"), number("char_start") as usize, number("char_end") as usize);
            // As the page has it: a sentence of the warehouse has other blanks, brackets and commas.
            let text: Vec<char> = line_of(document, line).unwrap_or_default().chars().collect();
            let part = |part: Option<&[char]>| part.unwrap_or_default().iter().collect::<String>();
            Wanted {
                page: number("page"),
                area: None,
                before: part(text.get(..start)),
                printed: part(text.get(start..end)),
                after: part(text.get(end..)),
                key: format!("{}/{line}:{start}", self.key),
            }
        });
        boxed.chain(said).filter(|wanted| wanted.page > 0).collect()
    }
}

fn line_of(document: &Document, number: u32) -> Option<String> {
    document.lines.iter().find(|line| line.number == number).map(|line| line.text.clone())
}

fn count(value: &Value) -> u32 {
    value.as_integer().and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// Characters of a line.
struct Span {
    start: usize,
    end: usize,
}

/// The text in parts, each number apart.
fn marked(text: &str, spans: impl Iterator<Item = Span>, id: impl Fn(usize) -> String) -> Vec<CellShown> {
    let characters: Vec<char> = text.chars().collect();
    let mut parts = Vec::new();
    let mut done = 0;
    let piece = |from: usize, to: usize| characters.get(from..to).map(|part| part.iter().collect::<String>());
    for span in spans {
        let Some(number) = piece(span.start, span.end).filter(|_| span.start >= done) else { continue };
        parts.push(CellShown { text: piece(done, span.start).unwrap_or_default(), id: String::new() });
        parts.push(CellShown { text: number, id: id(span.start) });
        done = span.end;
    }
    parts.push(CellShown { text: piece(done, characters.len()).unwrap_or_default(), id: String::new() });
    parts.retain(|part| !part.text.is_empty());
    parts
}

fn sheet_shown(grid: &Grid, used: &BTreeSet<CellReference>, id: impl Fn(CellReference) -> String) -> SheetShown {
    let last_row = grid.rows.saturating_sub(1);
    let mut rows: BTreeSet<u32> = (0..HEAD_ROWS.min(grid.rows)).collect();
    for at in used {
        rows.extend(at.row.saturating_sub(ROWS_AROUND)..=(at.row + ROWS_AROUND).min(last_row.max(at.row)));
    }
    let has_text: BTreeSet<u32> =
        grid.cells.iter().map(|cell| cell.at.row).chain(used.iter().map(|at| at.row)).collect();
    rows.retain(|row| has_text.contains(row));
    let last_column = grid.columns.max(used.iter().map(|at| at.column + 1).max().unwrap_or(0));
    let mut columns: BTreeSet<u32> = if last_column <= WIDE { (0..last_column).collect() } else { (0..3).collect() };
    for at in used {
        columns.extend(at.column.saturating_sub(1)..=(at.column + 1).min(last_column.saturating_sub(1)));
    }
    let texts: BTreeMap<CellReference, String> = grid
        .cells
        .iter()
        .filter(|cell| rows.contains(&cell.at.row))
        .map(|cell| (cell.at, cell.value.printed()))
        .collect();
    let cell = |at: CellReference| {
        let text = texts.get(&at).cloned().unwrap_or_default();
        match used.contains(&at) {
            true => CellShown { text, id: id(at) },
            false => CellShown { text: cut(&text), id: String::new() },
        }
    };
    let mut before: Option<u32> = None;
    let mut shown = Vec::new();
    for row in rows {
        shown.push(RowShown {
            number: row + 1,
            is_after_gap: before.is_some_and(|before| before + 1 < row),
            cells: columns.iter().map(|column| cell(CellReference::new(row, *column))).collect(),
        });
        before = Some(row);
    }
    let letters = |column: &u32| CellReference::new(0, *column).to_string().trim_end_matches('1').to_owned();
    SheetShown { name: grid.sheet.clone(), columns: columns.iter().map(letters).collect(), rows: shown }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST_CHARACTERS {
        return text.to_owned();
    }
    text.chars().take(MOST_CHARACTERS).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_of_a_line_stands_apart() {
        let spans = [Span { start: 2, end: 7 }, Span { start: 12, end: 14 }];
        let parts = marked("支出56.95万元，增长2%", spans.into_iter(), |start| format!("a-{start}"));
        let shown: Vec<(&str, &str)> = parts.iter().map(|part| (part.text.as_str(), part.id.as_str())).collect();
        assert_eq!(shown, [("支出", ""), ("56.95", "a-2"), ("万元，增长", ""), ("2%", "a-12")]);
    }
}
