//! The lists of a Word document: which there are, and what the paragraphs of one are counted by.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::bytes::{u16_at, u32_at};
use super::text::Header;
use crate::decode::lists::{Counts, Level, Part, Writing, push_words};

/// Levels of a list in Word.
pub const LEVELS: usize = 9;
const LIST: usize = 28;
const LEVEL: usize = 28;
const USE: usize = 16;
/// Characters of a number at most.
pub const LONGEST_NUMBER: usize = 100;

/// Which list a paragraph is of: the use of it, from 1 (0: of none), and the level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Listed {
    pub list: u16,
    pub level: u8,
}

/// A list as the document uses it: several uses are counted as one list, and may be different in some levels.
#[derive(Debug, Default)]
pub struct Use {
    pub list: u32,
    pub starts: [Option<u32>; LEVELS],
    pub levels: Vec<(usize, Rc<Level>)>,
}

#[derive(Debug, Default)]
pub struct Lists {
    lists: HashMap<u32, Vec<Rc<Level>>>,
    uses: Vec<Use>,
    ready: HashMap<u16, Vec<Rc<Level>>>,
    counts: HashMap<u32, Counts>,
    /// Uses that started anew at a level, as they say, once.
    started: HashSet<Listed>,
}

impl Lists {
    /// Lists by their number, and their uses in order.
    pub fn of(lists: HashMap<u32, Vec<Rc<Level>>>, uses: Vec<Use>) -> Self {
        Self { lists, uses, ..Self::default() }
    }

    /// Reads as far as it goes: lists behind what is broken number nothing.
    pub fn read(table: &[u8], header: &Header) -> Self {
        let mut lists = Self::default();
        let _ = lists.read_lists(table, header.lists);
        let _ = lists.read_uses(table, header.list_uses);
        lists
    }

    /// The lists, and behind them the levels of all.
    fn read_lists(&mut self, table: &[u8], (start, length): (usize, usize)) -> Option<()> {
        if length < 2 {
            return None;
        }
        let count = usize::from(u16_at(table, start)?);
        let mut at = start.checked_add(length)?;
        for list in 0..count {
            let entry = start + 2 + LIST * list;
            let (id, is_simple) = (u32_at(table, entry)?, table.get(entry + 26)? & 1 == 1);
            let mut levels = Vec::new();
            for level in 0..if is_simple { 1 } else { LEVELS } {
                let (read, end) = read_level(table, at, level)?;
                levels.push(Rc::new(read));
                at = end;
            }
            self.lists.insert(id, levels);
        }
        Some(())
    }

    /// The uses, and behind them what is different in each.
    fn read_uses(&mut self, table: &[u8], (start, length): (usize, usize)) -> Option<()> {
        if length < 4 {
            return None;
        }
        let count = (u32_at(table, start)? as usize).min(length / USE);
        let mut at = start + 4 + USE * count;
        for entry in (0..count).map(|entry| start + 4 + USE * entry) {
            self.uses.push(Use { list: u32_at(table, entry)?, ..Use::default() });
        }
        for number in 0..count {
            let changes = *table.get(start + 4 + USE * number + 12)?;
            at += 4;
            for _ in 0..changes {
                let (first, flags) = (u32_at(table, at)?, u32_at(table, at + 4)?);
                at += 8;
                let level = (flags & 0xf) as usize;
                let mut own = None;
                if flags & 0x20 != 0 {
                    let (read, end) = read_level(table, at, level)?;
                    own = Some(read);
                    at = end;
                }
                let Some(of) = self.uses.get_mut(number) else { continue };
                if let Some(start) = of.starts.get_mut(level).filter(|_| flags & 0x10 != 0) {
                    *start = Some(own.as_ref().map_or(first, |own| own.start));
                }
                of.levels.extend(own.map(|own| (level, Rc::new(own))));
            }
        }
        Some(())
    }

    /// Counts a paragraph, and says its number; empty where it has none.
    pub fn number(&mut self, listed: Listed) -> String {
        let Some(of) = usize::from(listed.list).checked_sub(1).and_then(|at| self.uses.get(at)) else {
            return String::new();
        };
        let at = usize::from(listed.level);
        let start = of.starts.get(at).copied().flatten().filter(|_| self.started.insert(listed));
        let levels = self.ready.entry(listed.list).or_insert_with(|| {
            let mut levels = self.lists.get(&of.list).cloned().unwrap_or_default();
            for (at, level) in &of.levels {
                if let Some(known) = levels.get_mut(*at) {
                    known.clone_from(level);
                }
            }
            for (level, start) in levels.iter_mut().zip(&of.starts) {
                if let Some(start) = start {
                    Rc::make_mut(level).start = *start;
                }
            }
            levels
        });
        self.counts.entry(of.list).or_default().next(at, levels, start)
    }
}

/// A level, and where it ends.
fn read_level(table: &[u8], at: usize, index: usize) -> Option<(Level, usize)> {
    let level = table.get(at..at.checked_add(LEVEL)?)?;
    let flags = level[5];
    let looks = usize::from(level[24]) + usize::from(level[25]);
    let length_at = at + LEVEL + looks;
    let length = usize::from(u16_at(table, length_at)?);
    let text = table.get(length_at + 2..(length_at + 2).checked_add(2 * length)?)?;
    let units: Vec<u16> = text.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let places = &level[6..15];
    let mut pattern = Vec::new();
    let mut words = String::new();
    let mut at_unit = 0;
    for character in char::decode_utf16(units.iter().copied().take(LONGEST_NUMBER)) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        at_unit += character.len_utf16();
        let is_place = places.iter().any(|place| usize::from(*place) == at_unit);
        if is_place && (character as u32) < LEVELS as u32 {
            push_words(&mut words, &mut pattern);
            pattern.push(Part::Number(character as usize));
        } else if !character.is_control() {
            words.push(character);
        }
    }
    push_words(&mut words, &mut pattern);
    let restarts = flags & 0x08 == 0;
    let read = Level {
        writing: Writing::of_code(level[4]),
        start: u32::try_from(i32::from_le_bytes(level[..4].try_into().ok()?)).unwrap_or(0),
        pattern,
        restarts_after: if restarts { index } else { usize::from(level[26]).min(index) },
        is_legal: flags & 0x04 != 0,
    };
    Some((read, length_at + 2 + 2 * length))
}
