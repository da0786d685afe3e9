//! Notes and boxes: they are written inside of the paragraph that they belong to, and are no part of it.

use super::Reader;
use super::state::Aside;
use crate::decode::failure::DecodeFailure;
use crate::decode::lists::numbered;
use crate::decode::word97::blocks::PARAGRAPH;
use crate::decode::word97::properties::Paragraph;

impl Reader<'_> {
    pub(super) fn open_aside(&mut self, is_note: bool) {
        self.state.is_dropped = false;
        let paragraph = std::mem::take(&mut self.paragraph);
        let is_over = self.asides.last().is_some_and(|outer| outer.is_late);
        self.asides.push(Aside {
            groups: self.states.len().max(1),
            is_late: is_note || is_over || paragraph.in_table || paragraph.depth > 0,
            text: std::mem::take(&mut self.text),
            paragraph,
            row: std::mem::take(&mut self.row),
            cell: std::mem::take(&mut self.cell),
            number: self.numbers.put_aside(),
        });
    }

    /// Goes on with the paragraph around the one whose group has ended.
    pub(super) fn close_aside(&mut self) -> Result<(), DecodeFailure> {
        let groups = self.states.len();
        if self.asides.last().is_none_or(|aside| aside.groups <= groups) {
            return Ok(());
        }
        if !self.text.trim().is_empty() {
            self.end(PARAGRAPH, false)?;
        }
        if let Some(aside) = self.asides.pop() {
            (self.text, self.paragraph) = (aside.text, aside.paragraph);
            (self.row, self.cell) = (aside.row, aside.cell);
            self.numbers.take_up(aside.number);
        }
        Ok(())
    }

    /// The file ends inside of them.
    pub(super) fn close_asides(&mut self) -> Result<(), DecodeFailure> {
        self.states.clear();
        while !self.asides.is_empty() {
            self.close_aside()?;
        }
        Ok(())
    }

    /// A paragraph or a cell of one.
    pub(super) fn line_aside(&mut self, number: &str, text: &str) -> Result<(), DecodeFailure> {
        if self.asides.last().is_none_or(|aside| !aside.is_late) {
            return self.writer.paragraph(number, text, PARAGRAPH, &Paragraph::default());
        }
        let line = numbered(number, text, false);
        if !line.trim().is_empty() {
            self.later.push(line);
        }
        Ok(())
    }
}
