//! Which lines are one paragraph: a sentence goes on in the next line where no reader would stop.

use std::collections::HashMap;

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
    let is_page_number = page_numbers(&lines, lexicon);
    for (line, is_page_number) in lines.into_iter().zip(is_page_number) {
        if is_page_number {
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
    let ends_inside = matches!(last, '，' | ',' | '、' | '（' | '(');
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

/// Which lines are the number of a page: marked as one (—3—), counted on from page to page, or in the midst of a sentence.
/// A number alone in its line is else the cell of a table that lost its shape, and lost itself if it were dropped.
fn page_numbers(lines: &[&Line], lexicon: &Lexicon) -> Vec<bool> {
    let alone: Vec<Option<Alone>> = lines.iter().map(|line| alone(&line.text)).collect();
    let mut places: HashMap<u16, (usize, usize)> = HashMap::new();
    for (at, alone) in alone.iter().enumerate().filter_map(|(at, alone)| Some((at, alone.as_ref()?))) {
        places.entry(alone.value).and_modify(|(_, last)| *last = at).or_insert((at, at));
    }
    let is_counted_on = |at: usize, value: u16| {
        let before = value.checked_sub(1).and_then(|before| places.get(&before));
        let behind = value.checked_add(1).and_then(|behind| places.get(&behind));
        before.is_some_and(|(first, _)| first + PAGE <= at) || behind.is_some_and(|(_, last)| at + PAGE <= *last)
    };
    let is_in_a_sentence = |at: usize| {
        let (above, below) = (at.checked_sub(1).map(|above| lines[above].text.trim_end()), lines.get(at + 1));
        let is_open = |above: &str| {
            let is_long = columns(above) >= BY_HAND.open || opens_a_bracket(above);
            is_long && above.ends_with(|c| is_han(c) || c == '，')
        };
        let below = below.map(|below| below.text.trim_start()).unwrap_or_default();
        above.is_some_and(is_open) && below.starts_with(is_han) && lexicon.unit_at(below).is_none()
    };
    let is_page = |(at, alone): (usize, &Option<Alone>)| {
        alone.as_ref().is_some_and(|alone| alone.is_marked || is_counted_on(at, alone.value) || is_in_a_sentence(at))
    };
    alone.iter().enumerate().map(is_page).collect()
}

/// Lines that a page has at least.
const PAGE: usize = 8;

/// What stands around the number of a page: —3—, 第3页.
const MARKS: [char; 6] = ['-', '—', '–', ' ', '第', '页'];

/// A whole number of at most four digits that has a line for itself.
struct Alone {
    value: u16,
    is_marked: bool,
}

fn alone(text: &str) -> Option<Alone> {
    let text = text.trim();
    let (front, back) = (text.trim_start_matches(MARKS), text.trim_end_matches(MARKS));
    let is_marked = front.len() < text.len() && back.len() < text.len();
    // -3 alone is a figure.
    let digits = if is_marked { text.trim_matches(MARKS) } else { text };
    let is_number = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some(Alone { value: is_number.then(|| digits.parse().ok())??, is_marked })
}
