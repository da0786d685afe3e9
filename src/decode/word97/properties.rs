//! What Word says about paragraphs: inside a table or not, how deep, and where the cells of a row have their edges.

use super::bytes::{u16_at, u32_at};
use super::lists::Listed;
use super::modifiers::{
    DELETED, DEPTH, HUGE, IN_TABLE, INNER_CELL_END, INNER_ROW_END, LIST, LIST_LEVEL, MERGE_ACROSS, MERGE_DOWN, ROW_END,
    TABLE_DEFINITION, TOGGLE_HIDDEN, modifiers_of,
};
use super::styles::Styles;
use super::text::Header;

const PAGE: usize = 512;

/// The properties of one paragraph that matter to reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    pub in_table: bool,
    pub ends_row: bool,
    pub ends_inner_cell: bool,
    /// Tables around it; 0 outside.
    pub depth: u32,
    pub row: RowShape,
    pub listed: Listed,
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
    paragraphs: Vec<Stretch>,
    hidden: Vec<(u32, u32)>,
    styles: Styles,
    data: Vec<u8>,
}

/// Bytes of the main stream whose paragraphs have these properties.
struct Stretch {
    from: u32,
    to: u32,
    style: u16,
    modifiers: Vec<u8>,
}

impl Properties {
    /// Reads the pages that hold properties; what is broken says nothing.
    pub fn read(main: &[u8], table: &[u8], data: &[u8], header: &Header) -> Self {
        let mut paragraphs = Vec::new();
        for page in pages(main, table, header.paragraphs) {
            paragraph_page(page, &mut paragraphs);
        }
        paragraphs.sort_by_key(|stretch: &Stretch| stretch.from);
        let mut hidden = Vec::new();
        for page in pages(main, table, header.characters) {
            hidden_runs(page, &mut hidden);
        }
        hidden.sort_unstable();
        Self { paragraphs, hidden, styles: Styles::read(table, header), data: data.to_vec() }
    }

    /// What holds for the paragraph whose mark lies at this place.
    pub fn at(&self, place: u32, changes: &[u8]) -> Paragraph {
        let mut found = Paragraph::default();
        let below = self.paragraphs.partition_point(|stretch| stretch.from <= place);
        if let Some(stretch) = below.checked_sub(1).map(|at| &self.paragraphs[at])
            && place < stretch.to
        {
            (found.listed.list, found.listed.level) = self.styles.list_of(stretch.style);
            self.apply(&stretch.modifiers, &mut found, 0);
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
                LIST => to.listed.list = u16_at(operand, 0).unwrap_or(0),
                LIST_LEVEL => to.listed.level = operand.first().copied().unwrap_or(0),
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

fn paragraph_page(page: &[u8], out: &mut Vec<Stretch>) {
    let count = usize::from(page[PAGE - 1]);
    for at in 0..count {
        let (Some(from), Some(to), Some(offset)) =
            (u32_at(page, 4 * at), u32_at(page, 4 * at + 4), page.get(4 * (count + 1) + 13 * at))
        else {
            return;
        };
        let offset = usize::from(*offset) * 2;
        let (style, modifiers) = paragraph_modifiers(page, offset).unwrap_or_default();
        out.push(Stretch { from, to, style, modifiers: modifiers.to_vec() });
    }
}

/// The style, and what is changed of it. A count of words, of which the first is the style; a count of 0 is followed by the
/// real one.
fn paragraph_modifiers(page: &[u8], offset: usize) -> Option<(u16, &[u8])> {
    if offset == 0 {
        return None;
    }
    let count = usize::from(*page.get(offset)?);
    let (start, length) =
        if count == 0 { (offset + 2, 2 * usize::from(*page.get(offset + 1)?)) } else { (offset + 1, 2 * count - 1) };
    Some((u16_at(page, start)?, page.get(start + 2..start + length).unwrap_or_default()))
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
