//! The tables of lists in rich text: how each list is counted, and which uses of it there are.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::Encoding;

use super::tokens::{control_word, hex};
use crate::decode::lists::{Level, Part, Writing, push_words};
use crate::decode::word97::lists::{LEVELS, LONGEST_NUMBER, Lists, Use};

/// Deeper groups are an attack.
const DEEPEST: usize = 100;
/// Word numbers the uses of lists up to 2,000.
const MOST_USES: usize = 5_000;

/// What a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Other,
    List,
    Level,
    Pattern,
    Use,
    UseLevel,
}

/// The lists of a document, and their uses.
#[derive(Debug, Default)]
pub struct Tables {
    lists: HashMap<u32, Vec<Rc<Level>>>,
    uses: Vec<Use>,
}

/// Reads one of the tables.
struct Reader<'t> {
    tables: &'t mut Tables,
    encoding: &'static Encoding,
    groups: Vec<Group>,
    /// The list that is being read, or the levels that its use has of its own.
    id: u32,
    levels: Vec<Rc<Level>>,
    level: Level,
    restarts: bool,
    of: Use,
    use_number: usize,
    use_level: usize,
    /// The pattern of a level so far: its first character is its length.
    units: Vec<Unit>,
    pending: Vec<u8>,
    stand_ins: usize,
    skip: usize,
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Character(char),
    /// A small number: that of a level, or the length.
    Small(u8),
}

impl Tables {
    /// Reads `\listtable` or `\listoverridetable` from behind its word to the end of its group.
    pub fn read(&mut self, bytes: &[u8], encoding: &'static Encoding, stand_ins: usize) {
        let mut reader = Reader {
            tables: self,
            encoding,
            groups: vec![Group::Other],
            id: 0,
            levels: Vec::new(),
            level: Level::default(),
            restarts: true,
            of: Use::default(),
            use_number: 0,
            use_level: 0,
            units: Vec::new(),
            pending: Vec::new(),
            stand_ins,
            skip: 0,
        };
        reader.read(bytes);
    }

    pub fn lists(self) -> Lists {
        Lists::of(self.lists, self.uses)
    }
}

impl Reader<'_> {
    fn read(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            at += 1;
            match byte {
                b'{' if self.groups.len() < DEEPEST => {
                    self.settle();
                    self.groups.push(Group::Other);
                }
                b'{' => return,
                b'}' => {
                    self.settle();
                    if let Some(closed) = self.groups.pop() {
                        self.close(closed);
                    }
                    if self.groups.is_empty() {
                        return;
                    }
                }
                b'\\' => match bytes.get(at).copied() {
                    Some(b'\'') => {
                        if let Some(byte) = hex(&bytes[at + 1..]) {
                            self.byte(byte);
                        }
                        at += 3;
                    }
                    Some(first) if first.is_ascii_alphabetic() => {
                        let (word, number, length) = control_word(&bytes[at..]);
                        at += length;
                        self.word(&word, number);
                    }
                    Some(symbol) => {
                        at += 1;
                        if matches!(symbol, b'{' | b'}' | b'\\') {
                            self.byte(symbol);
                        }
                    }
                    None => return,
                },
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
    }

    fn is_in(&self, group: Group) -> bool {
        self.groups.last() == Some(&group)
    }

    fn open(&mut self, group: Group) {
        if let Some(last) = self.groups.last_mut() {
            *last = group;
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word != "u" {
            self.settle();
        }
        let value = number.unwrap_or(0);
        let is_set = number != Some(0);
        match word {
            "list" => {
                self.open(Group::List);
                (self.id, self.levels) = (0, Vec::new());
            }
            "listlevel" => {
                self.open(Group::Level);
                let is_own = self.groups.contains(&Group::UseLevel);
                let at = if is_own { self.use_level } else { self.levels.len() };
                (self.level, self.restarts) = (Level::usual(at), true);
            }
            "leveltext" => {
                self.open(Group::Pattern);
                self.units.clear();
            }
            "listoverride" => {
                self.open(Group::Use);
                (self.of, self.use_number, self.use_level) = (Use::default(), 0, 0);
            }
            "lfolevel" => {
                self.open(Group::UseLevel);
                self.level = Level::usual(self.use_level);
            }
            "listid" if self.is_in(Group::Use) => self.of.list = value.cast_unsigned(),
            "listid" => self.id = value.cast_unsigned(),
            "ls" => self.use_number = usize::try_from(value).unwrap_or(0),
            "levelnfc" | "levelnfcn" => {
                self.level.writing = u8::try_from(value).map_or(Writing::Decimal, Writing::of_code);
            }
            "levelstartat" => {
                let start = u32::try_from(value).unwrap_or(0);
                self.level.start = start;
                if self.is_in(Group::UseLevel) {
                    self.start(start);
                }
            }
            "listoverridestartat" if is_set => self.start(self.level.start),
            "levelnorestart" if is_set => self.restarts = false,
            "levellegal" => self.level.is_legal = is_set,
            "uc" => self.stand_ins = usize::try_from(value).unwrap_or(1).min(8),
            "u" => {
                self.settle_bytes();
                let character = char::from_u32(value.cast_unsigned() & 0xffff);
                self.units.push(Unit::Character(character.unwrap_or(char::REPLACEMENT_CHARACTER)));
                self.skip = self.stand_ins;
            }
            _ => {}
        }
    }

    /// The use that is being read starts this level anew.
    fn start(&mut self, start: u32) {
        if let Some(own) = self.of.starts.get_mut(self.use_level) {
            *own = Some(start);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_in(Group::Pattern) && self.units.len() <= LONGEST_NUMBER {
            // The first is the length, whatever it is; no character of several bytes has one so small.
            if self.units.is_empty() && self.pending.is_empty() || usize::from(byte) < LEVELS {
                self.settle_bytes();
                self.units.push(Unit::Small(byte));
            } else {
                self.pending.push(byte);
            }
        }
    }

    fn settle(&mut self) {
        self.skip = 0;
        self.settle_bytes();
    }

    fn settle_bytes(&mut self) {
        let bytes = std::mem::take(&mut self.pending);
        let text = self.encoding.decode_without_bom_handling(&bytes).0;
        self.units.extend(text.chars().map(Unit::Character));
    }

    fn close(&mut self, group: Group) {
        match group {
            Group::Pattern => self.level.pattern = pattern(&self.units),
            Group::Level => {
                let mut level = std::mem::take(&mut self.level);
                if !self.restarts {
                    level.restarts_after = 0;
                }
                if self.groups.contains(&Group::UseLevel) {
                    if let Some(start) = self.of.starts.get_mut(self.use_level).filter(|start| start.is_some()) {
                        *start = Some(level.start);
                    }
                    self.of.levels.push((self.use_level, Rc::new(level)));
                } else if self.levels.len() < LEVELS {
                    self.levels.push(Rc::new(level));
                }
            }
            Group::List => {
                self.tables.lists.insert(self.id, std::mem::take(&mut self.levels));
            }
            Group::UseLevel => self.use_level += 1,
            Group::Use => {
                let of = std::mem::take(&mut self.of);
                if let Some(at) = self.use_number.checked_sub(1).filter(|at| *at < MOST_USES) {
                    let uses = &mut self.tables.uses;
                    if uses.len() <= at {
                        uses.resize_with(at + 1, Use::default);
                    }
                    uses[at] = of;
                }
            }
            Group::Other => {}
        }
    }
}

/// Numbers of levels between words; what stands behind the stated length is a stop.
fn pattern(units: &[Unit]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let Some((Unit::Small(length), rest)) = units.split_first() else { return parts };
    for unit in rest.iter().take(usize::from(*length)) {
        match unit {
            Unit::Small(level) => {
                push_words(&mut words, &mut parts);
                parts.push(Part::Number(usize::from(*level)));
            }
            Unit::Character(character) => words.push(*character),
        }
    }
    push_words(&mut words, &mut parts);
    parts
}
