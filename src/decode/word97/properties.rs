//! What Word says about paragraphs: inside a table or not, how deep, and where the cells of a row have their edges.

use super::bytes::{u16_at, u32_at};
use super::text::Header;

const PAGE: usize = 512;

// Single property modifiers, by their codes.
const IN_TABLE: u16 = 0x2416;
const ROW_END: u16 = 0x2417;
const DEPTH: u16 = 0x6649;
const INNER_CELL_END: u16 = 0x244b;
const INNER_ROW_END: u16 = 0x244c;
const TABLE_DEFINITION: u16 = 0xd608;
const MERGE_ACROSS: u16 = 0x5624;
const MERGE_DOWN: u16 = 0xd62b;
const HUGE: [u16; 2] = [0x6646, 0x6645];
const TOGGLE_HIDDEN: u16 = 0x083c;
const DELETED: u16 = 0x0800;
const TABS: u16 = 0xc615;

/// The properties of one paragraph that matter to reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    pub in_table: bool,
    pub ends_row: bool,
    pub ends_inner_cell: bool,
    /// Tables around it; 0 outside.
    pub depth: u32,
    pub row: RowShape,
}

/// How a row is divided. Edges are twentieths of a point from the text's left edge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowShape {
    pub edges: Vec<i32>,
    /// One for each cell.
    pub cells: Vec<CellShape>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CellShape {
    /// Continues the cell to the left.
    pub continues_left: bool,
    pub starts_down: bool,
    /// Continues the cell above.
    pub continues_up: bool,
}

/// Paragraph properties and hidden text by their place in the file.
pub struct Properties {
    /// From, to (bytes of the main stream), property modifiers.
    paragraphs: Vec<(u32, u32, Vec<u8>)>,
    hidden: Vec<(u32, u32)>,
    data: Vec<u8>,
}

impl Properties {
    /// Reads the pages that hold properties; what is broken says nothing.
    pub fn read(main: &[u8], table: &[u8], data: &[u8], header: &Header) -> Self {
        let mut paragraphs = Vec::new();
        for page in pages(main, table, header.paragraphs) {
            paragraph_page(page, &mut paragraphs);
        }
        paragraphs.sort_by_key(|(from, _, _)| *from);
        let mut hidden = Vec::new();
        for page in pages(main, table, header.characters) {
            hidden_runs(page, &mut hidden);
        }
        hidden.sort_unstable();
        Self { paragraphs, hidden, data: data.to_vec() }
    }

    /// What holds for the paragraph whose mark lies at this place.
    pub fn at(&self, place: u32, changes: &[u8]) -> Paragraph {
        let mut found = Paragraph::default();
        let below = self.paragraphs.partition_point(|(from, _, _)| *from <= place);
        if let Some((_, to, modifiers)) = below.checked_sub(1).map(|at| &self.paragraphs[at])
            && place < *to
        {
            self.apply(modifiers, &mut found, 0);
        }
        self.apply(changes, &mut found, 0);
        found
    }

    /// Hidden or deleted text is not shown.
    pub fn is_hidden(&self, place: u32) -> bool {
        let below = self.hidden.partition_point(|(from, _)| *from <= place);
        below.checked_sub(1).is_some_and(|at| place < self.hidden[at].1)
    }

    fn apply(&self, modifiers: &[u8], to: &mut Paragraph, depth: u8) {
        for (code, operand) in modifiers_of(modifiers) {
            let flag = operand.first().is_some_and(|value| *value != 0);
            match code {
                IN_TABLE => to.in_table = flag,
                ROW_END | INNER_ROW_END => to.ends_row |= flag,
                INNER_CELL_END => to.ends_inner_cell = flag,
                DEPTH => to.depth = u32_at(operand, 0).unwrap_or(0).min(64),
                TABLE_DEFINITION => to.row = row_shape(operand).unwrap_or_default(),
                MERGE_ACROSS => merge_across(operand, &mut to.row),
                MERGE_DOWN => merge_down(operand, &mut to.row),
                code if HUGE.contains(&code) && depth == 0 => {
                    let at = u32_at(operand, 0).unwrap_or(u32::MAX) as usize;
                    let length = u16_at(&self.data, at).unwrap_or(0) as usize;
                    if let Some(more) = at.checked_add(2).and_then(|from| self.data.get(from..from + length)) {
                        self.apply(more, to, 1);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The property pages that an index names.
fn pages<'a>(main: &'a [u8], table: &'a [u8], (start, length): (usize, usize)) -> Vec<&'a [u8]> {
    let Some(index) = table.get(start..start.saturating_add(length)) else { return Vec::new() };
    let count = length.saturating_sub(4) / 8;
    (0..count)
        .filter_map(|at| {
            let page = (u32_at(index, 4 * (count + 1) + 4 * at)? & 0x003f_ffff) as usize * PAGE;
            main.get(page..page + PAGE)
        })
        .collect()
}

fn paragraph_page(page: &[u8], out: &mut Vec<(u32, u32, Vec<u8>)>) {
    let count = usize::from(page[PAGE - 1]);
    for at in 0..count {
        let (Some(from), Some(to), Some(offset)) =
            (u32_at(page, 4 * at), u32_at(page, 4 * at + 4), page.get(4 * (count + 1) + 13 * at))
        else {
            return;
        };
        let offset = usize::from(*offset) * 2;
        out.push((from, to, paragraph_modifiers(page, offset).unwrap_or_default().to_vec()));
    }
}

/// A count of words, of which the first is the style; a count of 0 is followed by the real one.
fn paragraph_modifiers(page: &[u8], offset: usize) -> Option<&[u8]> {
    if offset == 0 {
        return None;
    }
    let count = usize::from(*page.get(offset)?);
    let (start, length) =
        if count == 0 { (offset + 2, 2 * usize::from(*page.get(offset + 1)?)) } else { (offset + 1, 2 * count - 1) };
    page.get(start + 2..start + length)
}

fn hidden_runs(page: &[u8], out: &mut Vec<(u32, u32)>) {
    let count = usize::from(page[PAGE - 1]);
    for at in 0..count {
        let (Some(from), Some(to), Some(offset)) =
            (u32_at(page, 4 * at), u32_at(page, 4 * at + 4), page.get(4 * (count + 1) + at))
        else {
            return;
        };
        let offset = usize::from(*offset) * 2;
        let length = page.get(offset).map_or(0, |length| usize::from(*length));
        let Some(modifiers) = page.get(offset + 1..offset + 1 + length).filter(|_| offset > 0) else { continue };
        let hides = |(code, operand): (u16, &[u8])| {
            matches!(code, TOGGLE_HIDDEN | DELETED) && operand.first().is_some_and(|value| value & 0x7f == 1)
        };
        if modifiers_of(modifiers).any(hides) {
            out.push((from, to));
        }
    }
}

/// Codes and their operands; their lengths follow from the code, from a count before them, or from both.
fn modifiers_of(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(bytes, at)?;
        at += 2;
        let (start, length) = match code >> 13 {
            0 | 1 => (at, 1),
            2 | 4 | 5 => (at, 2),
            3 => (at, 4),
            7 => (at, 3),
            _ if code == TABLE_DEFINITION => (at + 2, usize::from(u16_at(bytes, at)?).saturating_sub(1)),
            _ => {
                let length = usize::from(*bytes.get(at)?);
                let long = if code == TABS && length == 255 { long_tabs(bytes, at)? } else { length };
                (at + 1, long)
            }
        };
        at = start + length;
        Some((code, bytes.get(start..at)?))
    })
}

fn long_tabs(bytes: &[u8], at: usize) -> Option<usize> {
    let deleted = usize::from(*bytes.get(at + 1)?);
    let added = usize::from(*bytes.get(at + 2 + 4 * deleted)?);
    Some(2 + 4 * deleted + 3 * added)
}

fn row_shape(operand: &[u8]) -> Option<RowShape> {
    let count = usize::from(*operand.first()?);
    let edge = |at: usize| Some(i32::from(u16_at(operand, 1 + 2 * at)?.cast_signed()));
    let edges: Vec<i32> = (0..=count).map(edge).collect::<Option<_>>()?;
    let first = 1 + 2 * (count + 1);
    let cells = (0..count)
        .map(|at| {
            // Cells at the end of a row may lack their description.
            let flags = u16_at(operand, first + 20 * at).unwrap_or(0);
            CellShape {
                continues_left: flags & 3 == 2,
                starts_down: (flags >> 5) & 3 == 3,
                continues_up: (flags >> 5) & 3 == 1,
            }
        })
        .collect();
    Some(RowShape { edges, cells })
}

/// First cell and the one behind the last.
fn merge_across(operand: &[u8], row: &mut RowShape) {
    let (Some(first), Some(end)) = (operand.first(), operand.get(1)) else { return };
    for cell in row.cells.iter_mut().take(usize::from(*end)).skip(usize::from(*first) + 1) {
        cell.continues_left = true;
    }
}

fn merge_down(operand: &[u8], row: &mut RowShape) {
    let (Some(at), Some(how)) = (operand.first(), operand.get(1)) else { return };
    if let Some(cell) = row.cells.get_mut(usize::from(*at)) {
        (cell.starts_down, cell.continues_up) = (*how == 3, *how == 1);
    }
}
