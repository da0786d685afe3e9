//! Tables inside a text: performance indicators, outputs, lists of units.

use std::collections::BTreeMap;

use super::claim::{RawClaim, RawIndicator, RawListedUnit};
use crate::decode::{Document, Line};
use crate::extract::narrative::meaning::verdict::Verdict;
use crate::extract::narrative::numbers::masks;
use crate::extract::narrative::numbers::number::{Number, numbers};
use crate::extract::narrative::paragraphs::normal::{Normal, Printed};
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::reading::paragraph::{Memory, Reader};
use crate::extract::narrative::reading::record::{Gathered, table_claim};
use crate::extract::narrative::subjects::item::Item;

/// One cell: its text, and where each of its characters stands.
struct Cell {
    text: Normal,
    line: u32,
}

type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// What the tables of a text gave, beside claims.
#[derive(Debug, Default)]
pub struct TablesRead {
    pub indicators: Vec<RawIndicator>,
    pub units: Vec<RawListedUnit>,
}

/// Reads every table of the text that its header, or the section it stands in, makes understandable. The others are
/// left to the table room, which sees the same grids.
pub fn read_tables(reader: &Reader<'_>, document: &Document, blocks: &[Block<'_>], out: &mut Gathered) -> TablesRead {
    let mut read = TablesRead::default();
    for (index, _) in document.grids.iter().enumerate() {
        let rows = rows_of(reader, document, index);
        let Some(first_line) = rows.values().flat_map(BTreeMap::values).map(|cell| cell.line).min() else { continue };
        let above = blocks.iter().rev().find(|block| block.first_line < first_line);
        if let Some(units) = listed_units(reader, &rows) {
            read.units.extend(units);
            continue;
        }
        if let Some((header, columns)) = header(reader, &rows).or_else(|| columns_of_section(above, &rows)) {
            indicators(reader, &rows, header, &columns, above, out, &mut read.indicators);
        }
    }
    read
}

/// The cells of one grid, from the lines that stand in it.
fn rows_of(reader: &Reader<'_>, document: &Document, grid: usize) -> Rows {
    let mut lines: BTreeMap<(u32, u32), Vec<&Line>> = BTreeMap::new();
    for line in &document.lines {
        if let Some(cell) = line.cell.filter(|cell| cell.grid == grid) {
            lines.entry((cell.at.row, cell.at.column)).or_default().push(line);
        }
    }
    let mut rows = Rows::new();
    for ((row, column), lines) in lines {
        let is_row = lines.len() == 1 && lines[0].text.trim().contains('\t');
        if is_row {
            for (column, part) in tab_parts(lines[0]) {
                insert(reader, &mut rows, row, column, &[part]);
            }
        } else {
            let printed: Vec<Printed<'_>> =
                lines.iter().map(|line| Printed { number: line.number, start: 0, text: &line.text }).collect();
            insert(reader, &mut rows, row, column, &printed);
        }
    }
    rows
}

fn insert(reader: &Reader<'_>, rows: &mut Rows, row: u32, column: u32, printed: &[Printed<'_>]) {
    let text = Normal::of(printed, &reader.rules.script);
    if let Some(first) = printed.first().filter(|_| !text.text.is_empty()) {
        rows.entry(row).or_default().insert(column, Cell { text, line: first.number });
    }
}

fn tab_parts(line: &Line) -> Vec<(u32, Printed<'_>)> {
    let mut start = 0;
    let mut parts = Vec::new();
    for (column, text) in line.text.split('\t').enumerate() {
        parts.push((column as u32, Printed { number: line.number, start, text }));
        start += text.chars().count() as u32 + 1;
    }
    parts
}

fn listed_units(reader: &Reader<'_>, rows: &Rows) -> Option<Vec<RawListedUnit>> {
    let (header, cells) = rows.iter().next()?;
    let (column, _) = cells.iter().find(|(_, cell)| reader.rules.tables.unit_list.is_match(&cell.text.text))?;
    let unit = |cells: &BTreeMap<u32, Cell>| {
        let named = cells.get(column)?;
        let others = cells.iter().filter(|(at, _)| *at > column).map(|(_, cell)| cell.text.text.as_str());
        Some(RawListedUnit {
            line: named.line,
            name: named.text.text.clone(),
            remark: others.collect::<Vec<_>>().join(" "),
        })
    };
    Some(rows.range(header + 1..).filter_map(|(_, cells)| unit(cells)).collect())
}

/// The row that names the columns: at least a name and two others that are known.
fn header(reader: &Reader<'_>, rows: &Rows) -> Option<(u32, BTreeMap<u32, String>)> {
    for (row, cells) in rows {
        let columns: BTreeMap<u32, String> = cells
            .iter()
            .filter_map(|(column, cell)| {
                let known =
                    reader.rules.tables.columns.iter().find(|(pattern, _)| pattern.is_match(&cell.text.text))?;
                Some((*column, known.1.clone()))
            })
            .collect();
        let has = |role: &str| columns.values().any(|known| known == role);
        if columns.len() >= 3 && has("name") && (has("target") || has("actual")) {
            return Some((*row, columns));
        }
    }
    None
}

/// Columns of a table that has no header, where its section says what they are.
fn columns_of_section(above: Option<&Block<'_>>, rows: &Rows) -> Option<(u32, BTreeMap<u32, String>)> {
    let columns = &above?.section?.columns;
    let width = rows.values().map(BTreeMap::len).max()?;
    if columns.is_empty() || width != columns.len() {
        return None;
    }
    let first = *rows.keys().next()?;
    Some((first.wrapping_sub(1), columns.iter().enumerate().map(|(at, role)| (at as u32, role.clone())).collect()))
}

fn indicators(
    reader: &Reader<'_>,
    rows: &Rows,
    header: u32,
    columns: &BTreeMap<u32, String>,
    above: Option<&Block<'_>>,
    out: &mut Gathered,
    indicators: &mut Vec<RawIndicator>,
) {
    let path = above.map_or_else(String::new, |block| block.path.clone());
    for (_, cells) in rows.range(header.wrapping_add(1)..) {
        let cell =
            |role: &str| columns.iter().find(|(_, known)| *known == role).and_then(|(column, _)| cells.get(column));
        let text = |role: &str| cell(role).map_or_else(String::new, |cell| cell.text.text.clone());
        let Some(name) = cell("name").or_else(|| cell("content")) else { continue };
        let unit = text("unit");
        let row = Row { name: &name.text.text, unit: &unit, cells, sentence: row_text(cells), above };
        for role in ["target", "actual", "weight", "score"] {
            if let Some(cell) = cell(role) {
                out.claims.extend(row.claim(reader, cell, role));
            }
        }
        if let Some(content) = cell("content") {
            read_content(reader, content, above, out);
        }
        out.not_figures += u32::from(cell("row_number").is_some());
        indicators.push(RawIndicator {
            line: cells.values().map(|cell| cell.line).min().unwrap_or(name.line),
            row_number: text("row_number"),
            section_path: path.clone(),
            name: name.text.text.clone(),
            nature: text("nature"),
            target: text("target"),
            actual: text("actual"),
            unit: unit.clone(),
            weight: text("weight"),
            score: text("score"),
        });
    }
}

fn row_text(cells: &BTreeMap<u32, Cell>) -> String {
    cells.values().map(|cell| cell.text.text.as_str()).collect::<Vec<_>>().join("\t")
}

struct Row<'a> {
    name: &'a str,
    unit: &'a str,
    cells: &'a BTreeMap<u32, Cell>,
    sentence: String,
    above: Option<&'a Block<'a>>,
}

impl Row<'_> {
    /// The number of one cell. Words (全年正常运行) stay in the indicator row only.
    fn claim(&self, reader: &Reader<'_>, cell: &Cell, role: &str) -> Option<RawClaim> {
        let masked = masks::not_figures_in_cell(&cell.text.text, &reader.rules.lexicon);
        let number = numbers(&cell.text.text, &masked, &reader.rules.lexicon)
            .into_iter()
            .find(|number| number.chinese.is_none())?;
        let (measure, default_unit) = match role {
            "target" => ("target_value", self.unit),
            "actual" => ("actual_value", self.unit),
            "weight" => ("weight_percent", "%"),
            _ => ("score", "分"),
        };
        let unit = if number.unit.is_empty() { default_unit.to_owned() } else { number.unit.clone() };
        let item = Item { standard: self.name.to_owned(), printed: self.name.to_owned(), ..Item::default() };
        let verdict = Verdict {
            item,
            measure: measure.to_owned(),
            basis: String::new(),
            sign: 1,
            is_remnant: false,
            rule: "table".to_owned(),
            noun_length: 0,
        };
        let mut claim = table_claim(
            &reader.rules.lexicon,
            self.above,
            &cell.text,
            &Number { unit, ..number },
            &verdict,
            &self.sentence,
        );
        claim.sentence_offset += self.characters_before(cell);
        Some(claim)
    }

    /// Characters of the row's text before a cell.
    fn characters_before(&self, cell: &Cell) -> u32 {
        let before = self.cells.values().take_while(|other| !std::ptr::eq(*other, cell));
        before.map(|other| other.text.text.chars().count() as u32 + 1).sum()
    }
}

/// Numbers inside the wording of an output (保障40名专职人员) are claims of their own.
fn read_content(reader: &Reader<'_>, cell: &Cell, above: Option<&Block<'_>>, out: &mut Gathered) {
    let block = Block {
        body: 0..cell.text.text.len(),
        section: above.and_then(|block| block.section),
        path: above.map_or_else(String::new, |block| block.path.clone()),
        first_line: cell.line,
        text: cell.text.clone(),
        ..Block::default()
    };
    reader.read(&block, &mut Memory::default(), out);
}
