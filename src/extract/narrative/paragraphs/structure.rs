//! The section tree: which heading each paragraph stands under, and what is to be read there.
//!
//! Sections are known by the words of their headings; numbers only support the nesting, because lists of duties reuse
//! them and authors miscount.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::lines::paragraphs;
use super::normal::Normal;
use super::numbering::numbering;
use crate::decode::Document;
use crate::extract::narrative::rules::model::{Reads, Rules, Section};
use crate::extract::pattern::{Letters, Pattern};
use crate::vocabulary::numbering::ordinal;

/// One paragraph and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Block<'r> {
    pub text: Normal,
    /// What is to be read: the whole text, less a heading that opens the line.
    pub body: Range<usize>,
    pub section: Option<&'r Section>,
    /// Headings above, as printed, joined by `/`.
    pub path: String,
    /// Headings nearest last, without numbers: subjects a paragraph may leave out.
    pub subjects: Vec<String>,
    /// Rank and number of the heading that opens the paragraph; 0 where none does.
    pub level: u8,
    pub ordinal: Option<u32>,
    /// A heading above names budgets, not accounts (一、2021年“三公”经费预算安排情况).
    pub states_budgets: bool,
    pub first_line: u32,
    pub last_line: u32,
}

impl Block<'_> {
    pub fn is_heading(&self) -> bool {
        self.level > 0
    }
}

/// As many as amounts of the accounts are printed with, at least.
const DECIMALS_OF_AMOUNTS: usize = 2;

struct Heading {
    level: u8,
    title: String,
    /// Where the text after a run-in heading starts.
    rest: usize,
}

struct Open<'r> {
    level: u8,
    title: String,
    section: Option<&'r Section>,
    /// The heading itself names the section, rather than one above it.
    is_own: bool,
    /// The value of its number.
    ordinal: Option<u32>,
    /// Its series began again at one below a heading of the same rank: （五）.. then （一）, （二）.
    is_inner: bool,
}

/// The paragraphs of a document that are not table cells, each under its headings.
pub fn blocks<'r>(document: &Document, rules: &'r Rules) -> Vec<Block<'r>> {
    let mut open: Vec<Open<'r>> = Vec::new();
    let mut blocks: Vec<Block<'r>> = Vec::new();
    // Sections of which more than a heading was read.
    let mut told = BTreeSet::new();
    for lines in paragraphs(document, &rules.lexicon, &rules.script, |line| is_section_heading(line, rules)) {
        let text = Normal::of(&lines, &rules.script);
        if text.text.is_empty() || is_contents_line(&text.text) {
            continue;
        }
        let number = ordinal_of(&text.text);
        if is_behind_contents(&text.text, &open, &told, rules) {
            open.clear();
        }
        let heading = heading(&text.text, number, &open, rules);
        let (body, level) = match heading {
            Some((heading, section)) => {
                let (rest, level) = (heading.rest, heading.level);
                open_heading(&mut open, heading, section, number);
                (rest..text.text.len(), level)
            }
            None => {
                close_before(&mut open, &text.text);
                told.extend(open.last().and_then(|last| last.section).map(|section| section.code.as_str()));
                (0..text.text.len(), 0)
            }
        };
        blocks.push(Block {
            section: section_of(&text.text[body.clone()], open.last(), rules),
            path: open.iter().map(|heading| heading.title.as_str()).collect::<Vec<_>>().join("/"),
            subjects: subjects(&open),
            level,
            ordinal: number.filter(|_| level > 0),
            states_budgets: open.iter().any(|heading| rules.titles.budget_part.is_match(&bare_title(&heading.title))),
            first_line: lines.first().map_or(0, |line| line.number),
            last_line: lines.last().map_or(0, |line| line.number),
            body,
            text,
        });
    }
    blocks
}

/// 目录⏎..⏎第四部分 名词解释⏎..⏎一、收入支出决算总体情况说明: the last entry of the contents opens nothing, where the heading of a section
/// of the accounts follows of which nothing was told yet.
fn is_behind_contents(text: &str, open: &[Open<'_>], told: &BTreeSet<&str>, rules: &Rules) -> bool {
    let is_shut = |last: &Open<'_>| last.section.is_some_and(|section| section.reads == Reads::Nothing);
    let (_, start) = numbering(text).unwrap_or((0, 0));
    let is_untold = |section: &Section| {
        section.is_anchor && section.reads == Reads::Figures && !told.contains(section.code.as_str())
    };
    open.last().is_some_and(is_shut)
        && rules.titles.names_a_part(&text[start..])
        && !text.contains(['。', ';', ':', ','])
        && find_section(&bare_title(&text[start..]), rules).is_some_and(is_untold)
}

/// （一）机关运行经费：无。⏎（二）政府采购支出5万元..: a paragraph with the next number of the last heading is beside it, not below.
fn close_before(open: &mut Vec<Open<'_>>, text: &str) {
    let level = numbering(text).map(|(level, _)| level);
    let number = ordinal_of(text);
    let is_before =
        |heading: &Open<'_>| Some(heading.level) == level && heading.ordinal.is_some_and(|own| Some(own + 1) == number);
    // Its series may be the outer one of two of a rank.
    let peers = open.iter().rev().take_while(|heading| Some(heading.level) == level).count();
    if let Some(at) = open.iter().rposition(is_before).filter(|at| *at + peers >= open.len()) {
        open.truncate(at);
    }
}

/// How many of the open headings stand above one of this rank and number. A series that begins again at one
/// (（五）.. then （一）, （二）) is below the heading it follows, until the number after that one comes.
fn above(open: &[Open<'_>], level: u8, number: Option<u32>, is_own: bool) -> usize {
    const FIRST_LIST: u8 = 3;
    let outer = open.iter().position(|heading| heading.level >= level).unwrap_or(open.len());
    let is_next = |heading: &Open<'_>| heading.ordinal.is_some_and(|own| Some(own + 1) == number);
    match (open.get(outer), open.last()) {
        (Some(first), Some(last)) if last.level == level && level >= FIRST_LIST => {
            let begins_again = number == Some(1) && last.ordinal.is_some_and(|own| own > 1) && !last.is_inner;
            let goes_on = last.is_inner && is_next(last) && !(is_own && is_next(first));
            if begins_again {
                open.len()
            } else if goes_on {
                open.len() - 1
            } else {
                outer
            }
        }
        _ => outer,
    }
}

fn ordinal_of(text: &str) -> Option<u32> {
    numbering(text).and_then(|(_, end)| text.get(..end)).and_then(ordinal)
}

/// The section a paragraph stands in: the heading's, or the one its first words open where the heading holds several.
fn section_of<'r>(words: &str, last: Option<&Open<'r>>, rules: &'r Rules) -> Option<&'r Section> {
    let headed = last.and_then(|heading| heading.section);
    let holds_all = headed.is_some_and(|section| section.holds_sections);
    let named =
        last.filter(|heading| heading.is_own && !holds_all).map(|heading| sections_named(&heading.title, rules));
    let named = named.unwrap_or_default();
    if !holds_all && named.len() < 2 {
        return headed;
    }
    let start = numbering(words).map_or(0, |(_, start)| start);
    let words = bare_title(&words[start..]);
    let is_opened = |section: &&Section| section.opens_with.iter().any(|pattern| pattern.is_match(&words));
    let is_held = |section: &&Section| holds_all || named.contains(&section.code.as_str());
    rules.sections.iter().filter(is_held).find(is_opened).or(headed)
}

/// 政府采购及国有资产占用情况: the sections whose names a heading joins.
fn sections_named<'r>(title: &str, rules: &'r Rules) -> Vec<&'r str> {
    let parts_names = |c| rules.lexicon.parts_names(c);
    if !title.contains(parts_names) {
        return Vec::new();
    }
    let title = bare_title(title);
    let mut codes: Vec<&str> = title
        .split(parts_names)
        .filter_map(|part| find_section(part, rules))
        .map(|section| section.code.as_str())
        .collect();
    codes.dedup();
    codes
}

/// Titles below the one that opened the section.
fn subjects(open: &[Open<'_>]) -> Vec<String> {
    let own = open.iter().rposition(|heading| heading.is_own);
    let names_itself = |at: usize| open[at].section.is_some_and(|section| section.item.is_empty());
    let first = own.map_or(0, |at| if names_itself(at) { at } else { at + 1 });
    open[first..].iter().map(|heading| heading.title.clone()).collect()
}

fn open_heading<'r>(open: &mut Vec<Open<'r>>, heading: Heading, section: Option<&'r Section>, ordinal: Option<u32>) {
    let is_own = section.is_some();
    open.truncate(above(open, heading.level, ordinal, is_own));
    let inherited = open.last().and_then(|above| above.section);
    let is_inner = open.last().is_some_and(|above| above.level == heading.level);
    let section = section.or(inherited);
    open.push(Open { level: heading.level, title: heading.title, section, is_own, ordinal, is_inner });
}

fn heading<'r>(
    text: &str,
    number: Option<u32>,
    open: &[Open<'_>],
    rules: &'r Rules,
) -> Option<(Heading, Option<&'r Section>)> {
    let (level, start) = numbering(text).unwrap_or((0, 0));
    let body = &text[start..];
    let current = open.last();
    let reads = current.and_then(|heading| heading.section).map(|section| section.reads);
    // Definitions and duties repeat every key word: only a heading of the same or a higher rank ends them.
    let own_level = open.iter().rev().find(|heading| heading.is_own).map_or(0, |heading| heading.level);
    let is_shut = reads == Some(Reads::Nothing) && !(1..=own_level.max(1)).contains(&level);
    if is_shut {
        return None;
    }
    let first_stop = body.find(['。', ':', ';', '\t']).unwrap_or(body.len());
    // 2.收入情况.2022年度..: a point behind the words a heading ends with.
    let point = body[..first_stop].match_indices('.').map(|(at, _)| at);
    let first_stop = point.into_iter().find(|at| rules.titles.names_a_part(&body[..*at])).unwrap_or(first_stop);
    let run_together = if level > 0 { end_of_run_together(&body[..first_stop], rules) } else { None };
    let title = &body[..run_together.unwrap_or(first_stop)];
    let first_stop = title.len();
    let stop = if run_together.is_some() { None } else { body[first_stop..].chars().next() };
    let stop_length = stop.map_or(0, char::len_utf8);
    let is_whole_line = first_stop + stop_length >= body.len();
    if title.is_empty() || title.chars().count() > 60 {
        return None;
    }
    let clean = bare_title(title);
    // Most lines are no headings: what costs most is asked last.
    let has_figures = LazyCell::new(|| title_has_figures(title, rules));
    let is_run_in = || level > 0 && body[first_stop..].starts_with([':', '。']) && is_section_in_full(&clean, rules);
    // 水体（项），主要用于水质监测等项目支出。 is a label of what is described, however it ends.
    let is_label = title.contains(',') && rules.lexicon.classified_name.is_match(title);
    if (is_whole_line || rules.titles.names_a_part(&clean) || is_run_in())
        && !is_label
        && !is_title_of_accounts(&clean, level, rules)
        && let Some(section) = find_section(&clean, rules).filter(|section| !is_part(section, level, number, open))
        && !*has_figures
    {
        let level = if level == 0 { unnumbered_level(open) } else { level };
        // 本年度无政府采购支出。 opens its section and is all that is said there.
        let says_nothing = stop_length > 0 && rules.lexicon.nil.iter().any(|nil| nil.is_match(title));
        let rest = if says_nothing { start } else { start + first_stop + stop_length };
        return Some((Heading { level, title: title.to_owned(), rest }, Some(section)));
    }
    let names_a_part = rules.titles.names_a_part(title);
    // 二、部门决算情况说明。 is one, too, unless it is a sentence of several clauses.
    let is_clause = is_whole_line && title.contains(',');
    if level > 0 && names_a_part && !is_clause && title.chars().count() <= 16 && !*has_figures {
        let heading = Heading { level, title: title.to_owned(), rest: start + first_stop + stop_length };
        return Some((heading, None));
    }
    let ends_open = body.ends_with(['。', ';', ',', '.', '!']);
    let is_plain_heading =
        level > 0 && is_whole_line && !ends_open && title.chars().count() <= 40 && reads != Some(Reads::Nothing);
    let is_path = || is_whole_line && rules.lexicon.classified_name.is_match(title);
    if (is_plain_heading || is_path()) && !*has_figures {
        let level = if level == 0 { 7 } else { level };
        return Some((Heading { level, title: title.to_owned(), rest: text.len() }, None));
    }
    None
}

/// 二、收入决算情况说明2022年度收入合计..: where the heading of a section runs into its first sentence.
fn end_of_run_together(words: &str, rules: &Rules) -> Option<usize> {
    let is_heading = |at: &usize| {
        rules.titles.names_a_part(&words[..*at]) && find_section(&bare_title(&words[..*at]), rules).is_some()
    };
    rules.titles.sentence_begins.find_iter(words).map(|found| found.start()).find(is_heading)
}

/// 三、“三公”经费: (or 。) the whole title is a section's heading.
fn is_section_in_full(title: &str, rules: &Rules) -> bool {
    let is_whole = |pattern: &Pattern| pattern.find(title).is_some_and(|found| found.len() == title.len());
    let of_accounts = rules.sections.iter().filter(|section| section.is_anchor && !section.item.is_empty());
    of_accounts.flat_map(|section| &section.headings).any(is_whole)
}

/// 某局2016年度部门决算及“三公”经费公示 is the title of all that follows.
fn is_title_of_accounts(title: &str, level: u8, rules: &Rules) -> bool {
    level == 0 && rules.titles.of_departments.is_match(title) && rules.lexicon.stated_year.is_match(title)
}

/// Whether a numbered heading only names a part of the section it stands in.
fn is_part(section: &Section, level: u8, number: Option<u32>, open: &[Open<'_>]) -> bool {
    let stand = &open[..above(open, level, number, true)];
    let above = stand.iter().rev().find(|heading| heading.is_own && heading.level <= level);
    above.and_then(|above| above.section).is_some_and(|above| section.not_below.contains(&above.code))
}

/// A line that is the heading of a known section and nothing else.
fn is_section_heading(line: &Normal, rules: &Rules) -> bool {
    let number = numbering(&line.text);
    let title = &line.text[number.map_or(0, |(_, start)| start)..];
    if number.is_none() && !rules.titles.names_a_part(title) {
        return false;
    }
    !title.contains(['。', ';', ':', ','])
        && title.chars().count() <= 60
        && find_section(&bare_title(title), rules).is_some()
}

fn unnumbered_level(open: &[Open<'_>]) -> u8 {
    open.iter().rev().find(|heading| heading.is_own).map_or(2, |heading| heading.level)
}

fn title_has_figures(title: &str, rules: &Rules) -> bool {
    // 九、卫生健康支出271.40: a row of a table of which one cell is left.
    let row = title.trim_end_matches(|c: char| c.is_ascii_digit());
    if row.ends_with('.') && title.len() >= row.len() + DECIMALS_OF_AMOUNTS {
        return true;
    }
    let masks = crate::extract::narrative::numbers::masks::not_figures(title, &rules.lexicon);
    crate::extract::narrative::numbers::number::numbers(title, &masks, &rules.lexicon)
        .iter()
        .any(|number| !number.unit.is_empty() || is_bare_amount(title, &number.digits))
}

/// (1)财政拨款收入15603785,为某镇..: an amount without a unit behind its name, longer than a code of the classification.
fn is_bare_amount(title: &str, digits: &Range<usize>) -> bool {
    const LONGEST_CODE: usize = 7;
    let amount = title.get(digits.clone()).unwrap_or_default();
    let is_named = title.get(..digits.start).is_some_and(|before| before.ends_with(char::is_alphabetic));
    is_named && (amount.contains('.') || amount.len() > LONGEST_CODE)
}

/// The section whose heading pattern covers most of the title.
fn find_section<'r>(title: &str, rules: &'r Rules) -> Option<&'r Section> {
    let letters = Letters::of(title);
    let mut best: Option<(usize, &Section)> = None;
    for section in &rules.sections {
        for pattern in &section.headings {
            if let Some(found) = pattern.within(&letters).and_then(|pattern| pattern.find(title))
                && best.is_none_or(|(length, _)| found.len() > length)
            {
                best = Some((found.len(), section));
            }
        }
    }
    best.map(|(_, section)| section)
}

/// A title without quotation marks, years and a bracketed remark at its end.
fn bare_title(title: &str) -> String {
    let is_mark =
        |c| matches!(c, '“' | '”' | '"' | '\'' | '‘' | '’' | '《' | '》' | '「' | '」' | '『' | '』' | '#' | '*');
    let text = title.replace(is_mark, "");
    let text = text.trim_end_matches(['.', ',']);
    match text.rfind('(') {
        Some(at) if at > 0 && text.ends_with(')') && text[at..].chars().count() > 4 => text[..at].to_owned(),
        _ => text.to_owned(),
    }
}

/// Dots or a tab and a page number at the end, or what Word's field leaves behind.
fn is_contents_line(text: &str) -> bool {
    let without_page = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_page = without_page.len() < text.len();
    text.contains("PAGEREF")
        || (has_page && (without_page.ends_with("…") || without_page.ends_with("..") || without_page.ends_with("··")))
        || (has_page && without_page.ends_with('\t') && numbering(text).is_some())
}
