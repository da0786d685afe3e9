//! The number in front of a paragraph: as the writer wrote it for readers that count no lists, or else as its list counts.

use encoding_rs::Encoding;

use super::tables::Tables;
use crate::decode::word97::lists::{Listed, Lists};

/// A round bullet is written as this letter.
const ROUND_BULLET: &str = "o";

/// A group that holds the number of its paragraph as it was written.
struct OpenNumber {
    /// Groups open where it stands.
    groups: usize,
    /// Where in the text it begins.
    start: usize,
    is_symbol: bool,
    /// Written for older readers.
    is_older: bool,
}

#[derive(Default)]
pub struct Numbers {
    open: Option<OpenNumber>,
    /// As the writer wrote it: empty for a bullet.
    written: Option<String>,
    /// The paragraph was counted where a page ended within.
    is_counted: bool,
    tables: Tables,
    /// The lists, from the first paragraph of one on.
    lists: Option<Lists>,
}

/// The number of a paragraph that is not finished.
pub struct Pending {
    written: Option<String>,
    is_counted: bool,
}

impl Numbers {
    /// Reads a table of lists from behind its word on.
    pub fn table(&mut self, bytes: &[u8], encoding: &'static Encoding, stand_ins: usize) {
        self.tables.read(bytes, encoding, stand_ins);
    }

    /// A group begins that holds a number.
    pub fn open(&mut self, groups: usize, start: usize, is_older: bool) {
        self.open = Some(OpenNumber { groups, start, is_symbol: false, is_older });
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The number that is being read has a character of a font of signs.
    pub fn mark_symbol(&mut self) {
        if let Some(number) = &mut self.open {
            number.is_symbol = true;
        }
    }

    /// What stands in the group that ended is the number of the paragraph, if it counts anything.
    pub fn close(&mut self, groups: usize, text: &mut String) {
        let Some(closed) = self.open.take_if(|number| number.groups > groups) else { return };
        if !text.is_char_boundary(closed.start) {
            return;
        }
        let number = text.split_off(closed.start);
        let is_bullet = closed.is_symbol || number.trim() == ROUND_BULLET || !number.contains(char::is_alphanumeric);
        if !closed.is_older || self.written.is_none() {
            self.written = Some(if is_bullet { String::new() } else { number });
        }
    }

    /// The number of the paragraph that ends.
    pub fn of(&mut self, listed: Listed, is_counted: bool) -> String {
        self.open = None;
        let written = self.written.take();
        let was_counted = std::mem::take(&mut self.is_counted);
        if !is_counted || was_counted || listed.list == 0 {
            return written.unwrap_or_default();
        }
        let tables = &mut self.tables;
        let lists = self.lists.get_or_insert_with(|| std::mem::take(tables).lists());
        let counted = lists.number(listed);
        written.unwrap_or(counted)
    }

    /// What is known of the paragraph that is being read, while another is read inside of it.
    pub fn put_aside(&mut self) -> Pending {
        Pending { written: self.written.take(), is_counted: std::mem::take(&mut self.is_counted) }
    }

    pub fn take_up(&mut self, pending: Pending) {
        (self.written, self.is_counted) = (pending.written, pending.is_counted);
    }

    /// The paragraph goes on behind the end of a page: it has been counted.
    pub fn goes_on(&mut self) {
        self.is_counted = true;
    }
}
