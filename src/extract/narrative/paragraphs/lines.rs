//! Which lines are one paragraph: a sentence goes on in the next line where no reader would stop.

use super::normal::{Normal, Printed, Script};
use super::numbering::numbering;
use crate::decode::{Document, Format, Line};
use crate::extract::narrative::numbers::number::starts_with_figure;
use crate::extract::narrative::rules::lexicon::Lexicon;

/// Lines grouped into paragraphs. A line goes on in the next one where that begins with a number, a unit or a mark no
/// sentence begins with, or where the text is broken at a fixed width (copied out of a PDF) and the line is full.
/// A heading set into a line after a run of blanks starts its own.
pub fn paragraphs<'t>(
    document: &'t Document,
    lexicon: &Lexicon,
    script: &Script,
    is_heading: impl Fn(&Normal) -> bool,
) -> Vec<Vec<Printed<'t>>> {
    let lines: Vec<&Line> =
        document.lines.iter().filter(|line| line.cell.is_none() && !line.text.trim().is_empty()).collect();
    let is_text = document.format == Format::Text;
    let wrap = if is_text { wrap(&lines) } else { None };
    let mut groups: Vec<Vec<Printed<'_>>> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in lines {
        if wrap.is_some() && is_page_number(&line.text) {
            continue;
        }
        let goes_on = is_text
            && above.is_some_and(|above| {
                goes_on(&above.text, &line.text, wrap, lexicon)
                    && !is_heading(&Normal::of(
                        &[Printed { number: above.number, start: 0, text: &above.text }],
                        script,
                    ))
            });
        above = Some(line);
        let mut parts = parts(line);
        match groups.last_mut() {
            Some(group) if goes_on => group.push(parts.remove(0)),
            _ => {}
        }
        groups.extend(parts.into_iter().map(|part| vec![part]));
    }
    groups
}

/// Whether the sentence of one line is continued by the next.
fn goes_on(above: &str, below: &str, wrap: Option<Wrap>, lexicon: &Lexicon) -> bool {
    let (above, below) = (above.trim_end(), below.trim_start());
    let Some(last) = above.chars().next_back() else { return false };
    let width = columns(above);
    if opens_a_heading(below) {
        return false;
    }
    // 主要用于：⏎机关活动费: what a colon announces stands behind it.
    if matches!(last, ':' | '：') && wrap.is_some_and(|wrap| width >= wrap.open) {
        return true;
    }
    if is_stop(last) {
        let is_full = wrap.is_some_and(|wrap| width >= wrap.stopped);
        return matches!(last, '。' | '；' | ';') && is_full && !below.starts_with(['“', '"', '《']);
    }
    let begins_inside = below.starts_with(['，', ',', '、', '；', ';', '。', '）', ')', '％', '%', '”', '’']);
    let ends_inside = last == '，' || last == '、' || last == '（';
    let unit_is_cut_off = last.is_ascii_digit() && lexicon.unit_at(below).is_some();
    let is_word = is_han(last) || matches!(last, ')' | '）' | '”' | ':' | '：');
    let is_value = is_word && starts_with_figure(below, lexicon);
    begins_inside
        || ends_inside
        || unit_is_cut_off
        || is_value
        || wrap.is_some_and(|wrap| width >= wrap.open || opens_a_bracket(above))
}

/// How wide a line is that does not end its paragraph, in columns.
#[derive(Clone, Copy)]
struct Wrap {
    /// One that ends within a sentence.
    open: usize,
    /// One that ends with a sentence.
    stopped: usize,
}

/// Columns that a full line may be short of the width: a word or a number that is not broken.
const SLACK: usize = 8;
/// The first line of a paragraph is set in, and one whose sentence is open has hardly ended on purpose.
const OPEN_SLACK: usize = 14;
/// A sentence that ends with a full line may end its paragraph: it must be fuller.
const FULL_STOP_SLACK: usize = 4;

fn is_stop(c: char) -> bool {
    matches!(c, '。' | ';' | '；' | ':' | '：' | '!' | '！' | '?' | '？')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

fn opens_a_bracket(text: &str) -> bool {
    let opened = text.matches(['(', '（']).count();
    opened > text.matches([')', '）']).count()
}

/// How wide a line is printed: Chinese characters take two columns.
fn columns(text: &str) -> usize {
    text.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn wrap(lines: &[&Line]) -> Option<Wrap> {
    let at_width = |width| Wrap { open: width - OPEN_SLACK, stopped: width - FULL_STOP_SLACK };
    wrap_width(lines).map(at_width).or_else(|| is_broken_by_hand(lines).then_some(BY_HAND))
}

/// Lines of any width that are broken within sentences: a stop ends the paragraph as far as anyone can tell.
const BY_HAND: Wrap = Wrap { open: 40, stopped: usize::MAX };

/// Whether the long lines of a text end within a sentence as a rule. Lines with gaps are rows of a table.
fn is_broken_by_hand(lines: &[&Line]) -> bool {
    const FEWEST: usize = 8;
    let has_gap =
        |text: &str| text.trim().contains('\t') || text.trim().contains("  ") || text.trim().contains('\u{3000}');
    let long = lines.iter().map(|line| line.text.trim_end());
    let long: Vec<&str> = long.filter(|text| columns(text) >= BY_HAND.open && !has_gap(text)).collect();
    let open = long.iter().filter(|text| text.ends_with(|c| is_han(c) || c.is_ascii_digit() || c == '，')).count();
    long.len() >= FEWEST && open * 2 >= long.len()
}

/// The width at which the lines of a text are broken, if they are: many lines of nearly the greatest width, most of
/// which end within a sentence. A few longer ones (rows of tables) do not count.
fn wrap_width(lines: &[&Line]) -> Option<usize> {
    const FEWEST: usize = 8;
    if lines.len() < FEWEST {
        return None;
    }
    let mut widths: Vec<usize> = lines.iter().map(|line| columns(&line.text)).collect();
    widths.sort_unstable_by_key(|width| std::cmp::Reverse(*width));
    let width = widths[lines.len() * 3 / 100];
    if !(40..=140).contains(&width) {
        return None;
    }
    let full: Vec<&&Line> =
        lines.iter().filter(|line| (width..=width + SLACK).contains(&(columns(&line.text) + SLACK))).collect();
    let open = full.iter().filter(|line| !line.text.trim_end().ends_with(is_stop)).count();
    (full.len() * 5 >= lines.len() && open * 2 >= full.len()).then_some(width)
}

/// The line, cut where a run of blanks is followed by a heading number.
fn parts(line: &Line) -> Vec<Printed<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut from_chars, mut chars, mut blanks) = (0, 0u32, 0u32, 0u32);
    for (at, c) in line.text.char_indices() {
        if c.is_whitespace() {
            blanks += 1;
        } else {
            if blanks >= 3 && !line.text[from..at].trim().is_empty() && opens_a_heading(&line.text[at..]) {
                parts.push(Printed { number: line.number, start: from_chars, text: &line.text[from..at] });
                (from, from_chars) = (at, chars);
            }
            blanks = 0;
        }
        chars += 1;
    }
    parts.push(Printed { number: line.number, start: from_chars, text: &line.text[from..] });
    parts
}

fn opens_a_heading(text: &str) -> bool {
    let half = |c| match c {
        '（' => '(',
        '）' => ')',
        '．' => '.',
        c => c,
    };
    let start: String = text.trim_start().chars().take(12).map(half).collect();
    numbering(&start).is_some()
}

fn is_page_number(text: &str) -> bool {
    let text = text.trim().trim_matches(['-', '—', '–', ' ', '第', '页']);
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}
