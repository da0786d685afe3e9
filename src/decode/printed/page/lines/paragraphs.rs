//! Printed lines → paragraphs: a line goes on with the one above unless it is indented, or the one above ended early.

use std::collections::BTreeMap;

use super::PageLine;
use super::writing::{is_digit, parts_digits};
use crate::vocabulary::numbering::{self, Form};

/// A line with more characters shows where the text's edges are.
const FULL_LINE: usize = 25;

/// A paragraph, and on which page each part of it stands: the character (from 0) at which a page begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub text: String,
    pub pages: Vec<(u32, u32)>,
    /// The least score of its lines; none where none was recognised.
    pub score: Option<u8>,
}

/// The edges of the running text on paper of one width.
#[derive(Debug, Clone, Copy)]
struct Column {
    left: f64,
    right: f64,
    size: f64,
}

impl Column {
    fn of(lines: &[&PageLine]) -> Option<Self> {
        let sorted = |value: fn(&PageLine) -> f64| {
            let mut values: Vec<f64> = lines.iter().map(|line| value(line)).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        let at = |values: &[f64], tenths: usize| values.get(values.len() * tenths / 10).copied();
        Some(Self {
            left: at(&sorted(|line| line.area.left), 3)?,
            right: at(&sorted(|line| line.area.right), 8)?,
            size: at(&sorted(|line| line.size), 5)?,
        })
    }

    fn width(self) -> f64 {
        self.right - self.left
    }
}

/// Joins lines. Lines of one stretch follow each other with no table between them.
pub struct Joiner {
    columns: BTreeMap<i64, Column>,
    usual: Option<Column>,
}

impl Joiner {
    /// Learns the edges of the text from all lines of the document.
    pub fn of<'a>(lines: impl Iterator<Item = &'a PageLine>) -> Self {
        let body: Vec<&PageLine> = lines.filter(|line| line.text.chars().count() > FULL_LINE).collect();
        let mut by_width: BTreeMap<i64, Vec<&PageLine>> = BTreeMap::new();
        for line in &body {
            by_width.entry(line.paper.0.round() as i64).or_default().push(line);
        }
        let columns = by_width.into_iter().filter_map(|(width, lines)| Some((width, Column::of(&lines)?))).collect();
        Self { columns, usual: Column::of(&body) }
    }

    pub fn paragraphs(&self, lines: &[&PageLine]) -> Vec<Paragraph> {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut above: Option<&PageLine> = None;
        for line in lines {
            match paragraphs.last_mut().filter(|_| above.is_some_and(|above| self.goes_on(above, line))) {
                Some(paragraph) => {
                    let joins_letters = paragraph.text.ends_with(|c: char| c.is_ascii_alphabetic())
                        && line.text.starts_with(|c: char| c.is_ascii_alphabetic());
                    if joins_letters {
                        paragraph.text.push(' ');
                    }
                    if paragraph.pages.last().is_none_or(|(_, page)| *page != line.page) {
                        paragraph.pages.push((paragraph.text.chars().count() as u32, line.page));
                    }
                    paragraph.text.push_str(&line.text);
                    paragraph.score = paragraph.score.into_iter().chain(line.score).min();
                }
                None => paragraphs.push(Paragraph {
                    text: line.text.clone(),
                    pages: vec![(0, line.page)],
                    score: line.score,
                }),
            }
            above = Some(line);
        }
        paragraphs
    }

    fn goes_on(&self, above: &PageLine, line: &PageLine) -> bool {
        let Some(column) = self.columns.get(&(line.paper.0.round() as i64)).or(self.usual.as_ref()) else {
            return false;
        };
        let em = line.size;
        if above.text.contains('\t') || line.text.contains('\t') || ends_with_leader(&above.text) {
            return false;
        }
        if is_title_in_lines(above, line, *column) {
            return true;
        }
        let is_apart = above.page == line.page && line.baseline - above.baseline > 3.2 * em;
        let is_indented = line.area.left > column.left + 0.4 * em;
        let is_other_size = (above.size - em).abs() > 2.5;
        let has_room = column.right - above.area.right > first_token_width(&line.text, em) + 0.9 * em;
        let ends_early = above.area.right < column.left + 0.8 * column.width();
        let ended = above.text.trim_end().ends_with(['。', '！', '？', '：', ':', ';', '；']);
        !(is_apart || is_indented || is_other_size || (has_room && (ended || ends_early || opens_item(&line.text))))
    }
}

/// A title larger than the text and too long for one line: both lines are centred.
fn is_title_in_lines(above: &PageLine, line: &PageLine, column: Column) -> bool {
    let em = line.size;
    em > 1.15 * column.size
        && (above.size - em).abs() < 0.6
        && line.area.left > above.area.left + 2.0 * em
        && (line.area.middle().0 - above.area.middle().0).abs() < em
        && above.area.width() > 0.75 * column.width()
}

/// Dots and a page number, as lists of contents end their lines.
fn ends_with_leader(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| is_digit(c) || c.is_whitespace());
    rest.len() < text.len() && (rest.ends_with("...") || rest.ends_with('…') || rest.ends_with("··"))
}

/// The room that the first piece of a line needs which cannot be broken: a number, a word, or a character with the
/// marks that stay with it.
fn first_token_width(text: &str, em: f64) -> f64 {
    let opens = |c: char| "（(【“《「".contains(c);
    let closes = |c: char| "，。；：、！？）)】”》」%".contains(c);
    let in_number = |c: char| is_digit(c) || parts_digits(c) || "%-％－".contains(c);
    let mut rest = text.chars().peekable();
    let mut ems = 0.0;
    let mut take = |c: char| ems += if c.is_ascii() { 0.55 } else { 1.0 };
    while let Some(c) = rest.next_if(|c| opens(*c)) {
        take(c);
    }
    if let Some(first) = rest.next() {
        take(first);
        while let Some(c) = rest.next_if(|c| {
            (in_number(first) && in_number(*c)) || (first.is_ascii_alphabetic() && c.is_ascii_alphabetic())
        }) {
            take(c);
        }
    }
    while let Some(c) = rest.next_if(|c| closes(*c)) {
        take(c);
    }
    ems * em
}

/// Whether a number opens the line as an item of a list: one that the line has more than, where it could end an amount.
fn opens_item(text: &str) -> bool {
    numbering::opening(text).is_some_and(|number| number.form != Form::Digits || number.length < text.trim_end().len())
}
