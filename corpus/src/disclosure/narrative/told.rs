//! A finished text and where its numbers stand.

use crate::truth::TruthClaim;
use crate::write::{Block, TextDocument};

/// How lines are counted: a plain text has one line a table row, a Word document one paragraph a table cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCount {
    PlainText,
    Paragraphs,
}

/// A finished text.
#[derive(Debug, Clone, Default)]
pub struct Narrative {
    pub document: TextDocument,
    /// Each with the index of its block; `line_no` is filled by [`Narrative::claims`].
    pub(super) placed: Vec<(usize, TruthClaim)>,
}

impl Narrative {
    /// The claims with their lines.
    pub fn claims(&self, count: LineCount) -> Vec<TruthClaim> {
        let mut starts = Vec::with_capacity(self.document.blocks.len());
        let mut line = 1;
        for block in &self.document.blocks {
            starts.push(line);
            line += match (block, count) {
                (Block::Paragraph(text), LineCount::Paragraphs) if text.trim().is_empty() => 0,
                (Block::Paragraph(_), _) => 1,
                (Block::Table(rows), LineCount::PlainText) => rows.len(),
                (Block::Table(rows), LineCount::Paragraphs) => {
                    rows.iter().flatten().filter(|cell| !cell.trim().is_empty()).count()
                }
            };
        }
        self.placed.iter().map(|(block, claim)| TruthClaim { line_no: starts[*block], ..claim.clone() }).collect()
    }

    /// The same text with something before each paragraph (an indent) and, where wanted, a blank line after it.
    pub fn spread(&self, indent: &str, blank_lines: bool) -> Narrative {
        let shift = indent.chars().count();
        let step = 1 + usize::from(blank_lines);
        let mut spread = Narrative::default();
        for block in &self.document.blocks {
            spread.document.blocks.push(match block {
                Block::Paragraph(text) => Block::Paragraph(format!("{indent}{text}")),
                table => table.clone(),
            });
            if blank_lines {
                spread.document.blocks.push(Block::Paragraph(String::new()));
            }
        }
        for (block, claim) in &self.placed {
            let (char_start, char_end) = (claim.char_start + shift, claim.char_end + shift);
            spread.placed.push((block * step, TruthClaim { char_start, char_end, ..claim.clone() }));
        }
        spread
    }

    pub fn len(&self) -> usize {
        self.placed.len()
    }

    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// The claim at an index of [`Narrative::claims`].
    pub fn claim(&self, index: usize) -> Option<&TruthClaim> {
        self.placed.get(index).map(|(_, claim)| claim)
    }

    /// First claim with this item and measure under a section whose name contains `section`.
    pub fn find(&self, section: &str, item: &str, measure: &str) -> Option<usize> {
        self.placed
            .iter()
            .position(|(_, claim)| claim.section.contains(section) && claim.item == item && claim.measure == measure)
    }

    /// Prints another number (or no number, for `""`) in the place of a claim, and moves the spans behind it.
    /// `value` is the new signed value. The claim then tells what is printed.
    pub fn reprint(&mut self, index: usize, printed: &str, value: &str) {
        let Some((block, claim)) = self.placed.get(index).cloned() else { return };
        self.replace(block, claim.char_start, claim.char_end, printed);
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.char_end = claim.char_start + printed.chars().count();
            claim.printed = printed.to_owned();
            claim.value = value.to_owned();
        }
        self.resentence(block);
    }

    /// Replaces the first occurrence of some words in the paragraph of a claim (direction words, units, years).
    pub fn reword(&mut self, index: usize, from: &str, to: &str) -> bool {
        let Some((block, _)) = self.placed.get(index).cloned() else { return false };
        let Some(Block::Paragraph(text)) = self.document.blocks.get(block) else { return false };
        let Some(byte) = text.find(from) else { return false };
        let start = text[..byte].chars().count();
        self.replace(block, start, start + from.chars().count(), to);
        self.resentence(block);
        true
    }

    /// The first claim whose paragraph holds the words.
    pub fn claim_near(&self, words: &str) -> Option<usize> {
        self.placed.iter().position(|(block, _)| {
            matches!(self.document.blocks.get(*block), Some(Block::Paragraph(text)) if text.contains(words))
        })
    }

    /// Adds （更正） to the title.
    pub fn mark_correction(&mut self) {
        if let Some(Block::Paragraph(title)) = self.document.blocks.first_mut() {
            title.push_str("（更正）");
        }
    }

    /// Replaces the last occurrence of a word right before a claim (its direction).
    pub fn reword_before(&mut self, index: usize, from: &str, to: &str) -> bool {
        let Some((block, claim)) = self.placed.get(index).cloned() else { return false };
        let Some(Block::Paragraph(text)) = self.document.blocks.get(block) else { return false };
        let characters: Vec<char> = text.chars().collect();
        let width = from.chars().count();
        let Some(start) = claim.char_start.checked_sub(width) else { return false };
        if characters[start..claim.char_start].iter().collect::<String>() != from {
            return false;
        }
        self.replace(block, start, claim.char_start, to);
        self.resentence(block);
        true
    }

    /// The claim now means another value than its digits alone say.
    pub fn revalue(&mut self, index: usize, value: &str) {
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.value = value.to_owned();
        }
    }

    pub fn set_item(&mut self, index: usize, item: &str) {
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.item = item.to_owned();
        }
    }

    pub fn set_unit(&mut self, index: usize, unit: &str) {
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.unit = unit.to_owned();
        }
    }

    /// Takes a claim out of the truth (its number no longer stands in the text).
    pub fn forget(&mut self, index: usize) {
        if index < self.placed.len() {
            self.placed.remove(index);
        }
    }

    fn replace(&mut self, block: usize, start: usize, end: usize, with: &str) {
        let Some(Block::Paragraph(text)) = self.document.blocks.get_mut(block) else { return };
        let characters: Vec<char> = text.chars().collect();
        *text = characters[..start].iter().collect::<String>() + with + &characters[end..].iter().collect::<String>();
        let shift = with.chars().count() as i64 - (end - start) as i64;
        for (other, claim) in &mut self.placed {
            if *other == block && claim.char_start >= end {
                claim.char_start = (claim.char_start as i64 + shift) as usize;
                claim.char_end = (claim.char_end as i64 + shift) as usize;
            }
        }
    }

    fn resentence(&mut self, block: usize) {
        let Some(Block::Paragraph(text)) = self.document.blocks.get(block) else { return };
        for (other, claim) in &mut self.placed {
            if *other == block {
                claim.sentence = sentence(text, claim.char_start);
            }
        }
    }
}

/// The sentence around a character, up to 。
pub(super) fn sentence(text: &str, at: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = characters[..at].iter().rposition(|c| *c == '。').map_or(0, |stop| stop + 1);
    let end = characters[at..].iter().position(|c| *c == '。').map_or(characters.len(), |stop| at + stop + 1);
    characters[start..end].iter().collect::<String>().trim().to_owned()
}
