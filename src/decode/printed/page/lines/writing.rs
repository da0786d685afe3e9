//! Characters → written rows, by the line they stand on: boxes of ink differ from font to font, baselines do not.

use crate::decode::printed::page::geometry::{Area, Glyph};
use crate::vocabulary::is_dash;

/// Characters of one baseline, from left to right.
#[derive(Debug, Clone)]
pub struct WrittenRow {
    pub baseline: f64,
    /// Blanks at the ends are not part of it.
    pub area: Area,
    /// The usual em of its characters.
    pub size: f64,
    glyphs: Vec<Glyph>,
}

/// The widest blank between the thousands of a number, in ems.
const WIDEST_BLANK: f64 = 0.7;

/// How wide gaps are written: as a tab between columns of a line, as a blank inside a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    Tabs,
    Blanks,
}

/// The rows of these characters from top to bottom; rows of nothing but blanks are left out.
pub fn rows_of(mut glyphs: Vec<Glyph>) -> Vec<WrittenRow> {
    glyphs.sort_by(|one, other| one.baseline().total_cmp(&other.baseline()));
    let mut groups: Vec<(f64, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        match groups.last_mut() {
            Some((baseline, group)) if glyph.baseline() - *baseline <= 0.4 * glyph.size.max(4.0) => {
                group.push(glyph);
                *baseline += (glyph.baseline() - *baseline) / group.len() as f64;
            }
            _ => groups.push((glyph.baseline(), vec![glyph])),
        }
    }
    groups.into_iter().filter_map(|(baseline, glyphs)| WrittenRow::new(baseline, glyphs)).collect()
}

impl WrittenRow {
    fn new(baseline: f64, mut glyphs: Vec<Glyph>) -> Option<Self> {
        glyphs.sort_by(|one, other| one.area.left.total_cmp(&other.area.left));
        let ink: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()).collect();
        let area = ink.iter().map(|glyph| glyph.area).reduce(Area::with)?;
        let mut sizes: Vec<f64> = ink.iter().map(|glyph| glyph.size).collect();
        sizes.sort_by(f64::total_cmp);
        let size = sizes[sizes.len() / 2].max(1.0);
        Some(Self { baseline, area, size, glyphs })
    }

    /// Lines that are one label, as one part; `height` makes its baseline of the first and the last. `None` of no lines.
    pub fn of_lines(lines: &[&WrittenRow], height: impl Fn(f64, f64) -> f64) -> Option<Self> {
        let (first, last) = (lines.first()?, lines.last()?);
        Some(Self {
            baseline: height(first.baseline, last.baseline),
            area: lines.iter().map(|line| line.area).reduce(Area::with)?,
            size: first.size,
            glyphs: lines.iter().flat_map(|line| line.glyphs.iter().copied()).collect(),
        })
    }

    /// How sure the recogniser was of its least sure character; none where none was recognised.
    pub fn score(&self) -> Option<u8> {
        self.glyphs.iter().filter_map(|glyph| glyph.score).min()
    }

    /// What is written, with blanks and tabs where the pen jumped.
    pub fn text(&self, gaps: Gaps) -> String {
        let mut text = String::new();
        let mut before: Option<&Glyph> = None;
        let mut blank = false;
        for glyph in &self.glyphs {
            if glyph.character.is_whitespace() {
                blank = before.is_some();
                continue;
            }
            if let Some(before) = before {
                let gap = glyph.area.left - before.area.right;
                let joins = before.character.is_ascii_alphanumeric() && glyph.character.is_ascii_alphanumeric();
                if gaps == Gaps::Tabs && gap > 2.5 * before.size {
                    text.push('\t');
                } else if (blank && (gaps == Gaps::Tabs || joins)) || (joins && gap > 0.6 * before.size) {
                    text.push(' ');
                }
            }
            text.push(glyph.character);
            before = Some(glyph);
            blank = false;
        }
        text
    }

    /// The parts between wide gaps; a number is a part of its own where any blank stands before it.
    pub fn parts(&self) -> Vec<WrittenRow> {
        self.parts_that(|before, run| run.area.left - before.area.right <= run.size)
    }

    /// The labels of a header: narrow columns stand close to each other, only single characters are set apart (项 目).
    pub fn labels(&self) -> Vec<WrittenRow> {
        let is_single = |part: &WrittenRow| part.glyphs.len() == 1;
        self.parts_that(|before, run| {
            run.area.left - before.area.right <= run.size && (is_single(before) || is_single(run))
        })
    }

    fn parts_that(&self, joins: impl Fn(&WrittenRow, &WrittenRow) -> bool) -> Vec<WrittenRow> {
        let mut runs: Vec<Vec<Glyph>> = Vec::new();
        let mut right = f64::MIN;
        let widest = self.widest_gap();
        for glyph in self.glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()) {
            if glyph.area.left - right > widest * glyph.size || runs.is_empty() {
                runs.push(Vec::new());
            }
            right = right.max(glyph.area.right);
            if let Some(run) = runs.last_mut() {
                run.push(*glyph);
            }
        }
        let mut parts: Vec<WrittenRow> = Vec::new();
        for run in runs.into_iter().filter_map(|run| Self::new(self.baseline, run)) {
            match parts.last_mut() {
                Some(part) if joins(part, &run) && !run.is_value() && !part.is_value() => {
                    part.glyphs.extend(run.glyphs);
                    part.area = part.area.with(run.area);
                }
                _ => parts.push(run),
            }
        }
        self.with_thousands(parts)
    }

    /// Groups of three digits that single blanks part are one number (1 155 140.00).
    fn with_thousands(&self, parts: Vec<WrittenRow>) -> Vec<WrittenRow> {
        let blanks: Vec<f64> =
            self.glyphs.iter().filter(|glyph| glyph.character == ' ').map(|blank| blank.area.middle().0).collect();
        let goes_on = |part: &WrittenRow, next: &WrittenRow| {
            let (right, left) = (part.area.right, next.area.left);
            let is_parted = left - right < WIDEST_BLANK * next.size
                && blanks.iter().filter(|blank| right - 0.1 < **blank && **blank < left + 0.1).count() == 1;
            is_parted && begins_thousands(part) && is_three_digits(next)
        };
        let mut whole: Vec<WrittenRow> = Vec::with_capacity(parts.len());
        for part in parts {
            match whole.last_mut() {
                Some(last) if goes_on(last, &part) => {
                    last.glyphs.extend(part.glyphs);
                    last.area = last.area.with(part.area);
                }
                _ => whole.push(part),
            }
        }
        whole
    }

    /// The widest gap inside a word, in ems: cells whose ends touch stand closer than the characters of a line that is
    /// stretched to its margins.
    fn widest_gap(&self) -> f64 {
        let ink: Vec<&Glyph> = self.glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()).collect();
        let mut gaps: Vec<f64> =
            ink.windows(2).map(|pair| (pair[1].area.left - pair[0].area.right) / pair[1].size.max(1.0)).collect();
        gaps.sort_by(f64::total_cmp);
        let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
        (0.13 + 1.5 * usual.max(0.0)).min(0.25)
    }

    pub fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    /// Some character of it is of this kind.
    pub fn holds(&self, kind: impl Fn(char) -> bool) -> bool {
        self.glyphs.iter().any(|glyph| kind(glyph.character))
    }

    /// Digits with the signs that go with them.
    pub fn is_number(&self) -> bool {
        let ink = || self.glyphs.iter().map(|glyph| glyph.character).filter(|c| !c.is_whitespace());
        let is_sign = |c| matches!(c, '-' | '+' | '%' | '(' | ')' | '－' | '−' | '％' | '＋' | '（' | '）');
        ink().any(is_digit) && ink().all(|c| is_digit(c) || parts_digits(c) || is_sign(c))
    }

    /// A number, or the dashes that stand in its place.
    pub fn is_value(&self) -> bool {
        let mut ink = self.glyphs.iter().map(|glyph| glyph.character).filter(|c| !c.is_whitespace());
        self.is_number() || ink.all(is_dash)
    }

    /// A number with decimals or parted thousands: no code, year or number of a row.
    pub fn is_exact(&self) -> bool {
        self.is_number() && self.holds(parts_digits)
    }

    /// No more than a character or two would have had room behind it.
    pub fn fills(&self, region: Area) -> bool {
        region.right - self.area.right < 1.3 * self.size + 6.0
    }
}

/// One to three digits, or groups of three behind them, and nothing that ends a number.
fn begins_thousands(part: &WrittenRow) -> bool {
    let is_sign = |glyph: &Glyph| matches!(glyph.character, '-' | '(' | '－' | '（');
    let digits = if part.glyphs.first().is_some_and(is_sign) { &part.glyphs[1..] } else { &part.glyphs[..] };
    let is_near = |one: &Glyph, next: &Glyph| next.area.left - one.area.right < 0.2 * next.size;
    let mut groups = digits.chunk_by(is_near);
    digits.iter().all(|glyph| is_digit(glyph.character))
        && groups.next().is_some_and(|first| first.len() <= 3)
        && groups.all(|group| group.len() == 3)
}

/// Three digits, and decimals behind them or none.
fn is_three_digits(part: &WrittenRow) -> bool {
    let text: Vec<char> = part.glyphs.iter().map(|glyph| glyph.character).collect();
    let end = text.iter().position(|c| !is_digit(*c)).unwrap_or(text.len());
    let decimals = text[end..].iter().copied().filter(|c| !matches!(c, ')' | '）'));
    end == 3 && decimals.enumerate().all(|(at, c)| if at == 0 { matches!(c, '.' | '．') } else { is_digit(c) })
}

/// A digit of either width.
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// A stop or comma of either width.
pub fn parts_digits(c: char) -> bool {
    matches!(c, '.' | ',' | '．' | '，')
}

/// A written row and its parts.
pub struct Printed {
    pub row: WrittenRow,
    pub parts: Vec<WrittenRow>,
}

impl Printed {
    pub fn of(row: WrittenRow) -> Self {
        Self { parts: row.parts(), row }
    }

    /// A label and a number, or several numbers; a dash stands for one.
    pub fn is_body(&self) -> bool {
        self.parts.len() >= 2 && self.parts.iter().any(WrittenRow::is_value)
    }
}

/// As lines of one label stand.
pub fn is_close(above: &Printed, below: &Printed) -> bool {
    below.row.baseline - above.row.baseline < 1.6 * below.row.size
}

/// The text of a cell: its rows as one, unless two numbers stand below each other. Numbers that only ran out of room
/// fill the row they start in.
pub fn cell_text(rows: &[WrittenRow], region: Area) -> String {
    let mut text = String::new();
    let mut above: Option<&WrittenRow> = None;
    for row in rows {
        if let Some(above) = above {
            let are_two = above.is_number() && row.is_number() && !above.fills(region);
            let joins_letters = text.ends_with(|c: char| c.is_ascii_alphabetic())
                && row.text(Gaps::Blanks).starts_with(|c: char| c.is_ascii_alphabetic());
            if are_two {
                text.push('\n');
            } else if joins_letters {
                text.push(' ');
            }
        }
        text.push_str(&row.text(Gaps::Blanks));
        above = Some(row);
    }
    text
}
