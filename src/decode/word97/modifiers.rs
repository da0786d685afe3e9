//! Single property modifiers: what Word changes of a paragraph, a row or a run, one by one.

use super::bytes::u16_at;

pub const IN_TABLE: u16 = 0x2416;
pub const ROW_END: u16 = 0x2417;
pub const DEPTH: u16 = 0x6649;
pub const INNER_CELL_END: u16 = 0x244b;
pub const INNER_ROW_END: u16 = 0x244c;
pub const TABLE_DEFINITION: u16 = 0xd608;
pub const MERGE_ACROSS: u16 = 0x5624;
pub const MERGE_DOWN: u16 = 0xd62b;
pub const HUGE: [u16; 2] = [0x6646, 0x6645];
pub const TOGGLE_HIDDEN: u16 = 0x083c;
pub const DELETED: u16 = 0x0800;
const TABS: u16 = 0xc615;
pub const LIST: u16 = 0x460b;
pub const LIST_LEVEL: u16 = 0x260a;

/// Codes and their operands; their lengths follow from the code, from a count before them, or from both.
pub fn modifiers_of(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
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
