//! The styles of a Word document, for what they say of lists.

use super::bytes::{u16_at, u32_at};
use super::modifiers::{LIST, LIST_LEVEL, modifiers_of};
use super::text::Header;

/// Styles that follow each other by more steps go round in a circle.
const MOST_PARENTS: usize = 32;
const NO_STYLE: u16 = 0x0fff;

/// The modifiers of lists that each style says itself, and the style it is based on.
#[derive(Debug, Default)]
pub struct Styles(Vec<(Option<u16>, Option<u8>, u16)>);

impl Styles {
    /// Reads as far as it goes.
    pub fn read(table: &[u8], header: &Header) -> Self {
        let mut styles = Vec::new();
        let _ = read_styles(table, header.styles, &mut styles);
        Self(styles)
    }

    /// The list and the level of a style, its own or those of the styles it is based on.
    pub fn list_of(&self, style: u16) -> (u16, u8) {
        let (mut list, mut level) = (None, None);
        let mut at = style;
        for _ in 0..MOST_PARENTS {
            let Some((own, own_level, parent)) = self.0.get(usize::from(at)) else { break };
            list = list.or(*own);
            level = level.or(*own_level);
            at = *parent;
        }
        (list.unwrap_or(0), level.unwrap_or(0))
    }
}

fn read_styles(
    table: &[u8],
    (start, length): (usize, usize),
    out: &mut Vec<(Option<u16>, Option<u8>, u16)>,
) -> Option<()> {
    let sheet = table.get(start..start.checked_add(length)?)?;
    let head = usize::from(u16_at(sheet, 0)?);
    let (count, base) = (u16_at(sheet, 2)?, usize::from(u16_at(sheet, 4)?));
    let mut at = 2 + head;
    for _ in 0..count {
        let size = usize::from(u16_at(sheet, at)?);
        let style = sheet.get(at + 2..at + 2 + size)?;
        out.push(read_style(style, base).unwrap_or((None, None, NO_STYLE)));
        at += 2 + size.next_multiple_of(2);
    }
    Some(())
}

/// Behind its name a style of paragraphs holds their modifiers, after its own number.
fn read_style(style: &[u8], base: usize) -> Option<(Option<u16>, Option<u8>, u16)> {
    const OF_PARAGRAPHS: u16 = 1;
    let words = u32_at(style, 2)?;
    let (kind, parent) = ((words & 0xf) as u16, ((words >> 4) & 0xfff) as u16);
    let mut found = (None, None, parent);
    if kind != OF_PARAGRAPHS {
        return Some(found);
    }
    let name = usize::from(u16_at(style, base)?);
    let at = (base + 2 + 2 * (name + 1)).next_multiple_of(2);
    let length = usize::from(u16_at(style, at)?);
    for (code, operand) in modifiers_of(style.get(at + 4..at + 2 + length)?) {
        match code {
            LIST => found.0 = u16_at(operand, 0),
            LIST_LEVEL => found.1 = operand.first().copied(),
            _ => {}
        }
    }
    Some(found)
}
