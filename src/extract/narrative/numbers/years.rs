//! Which year a figure is about, where its sentence names another than the document's.

use std::ops::Range;

use regex::Captures;

use crate::extract::narrative::rules::lexicon::Lexicon;
use crate::extract::narrative::subjects::setting::Setting;
use crate::vocabulary::parse_printed;

/// Sentences that a budget to come is spoken of in, at most.
const LONGEST_BUDGET: usize = 8;

/// The years a sentence names for its figures, in order.
pub struct StatedYears {
    years: Vec<StatedYear>,
    own: Option<i32>,
    reasons: Vec<Range<usize>>,
    /// Years of numbers that share one wording, by where the numbers start.
    paired: Vec<(usize, i32)>,
}

struct StatedYear {
    year: i32,
    start: usize,
    /// A semicolon, the closing bracket or the end of the reason ends what the year says; one that opens the sentence (2018年度,)
    /// speaks for all of it.
    end: usize,
}

impl StatedYears {
    /// Years in comparators (与2023年度相比), spans, dates and names are no figure's own. `figures`: where numbers start.
    pub fn of(
        text: &str,
        range: Range<usize>,
        reasons: &[Range<usize>],
        figures: &[usize],
        setting: &Setting<'_>,
    ) -> Self {
        let words = &text[range.clone()];
        let lexicon = setting.lexicon;
        let own = setting.year;
        let mut said: Vec<(usize, i32)> = lexicon
            .stated_year
            .captures_iter(words)
            .filter_map(|found| found.name("year"))
            .filter_map(|year| Some((year.start(), year.as_str().parse().ok()?)))
            .collect();
        let ahead =
            own.filter(|_| said.is_empty()).and_then(|own| year_ahead(&text[..range.start], words, own, lexicon));
        if said.iter().all(|(_, year)| Some(*year) == own) || is_slip(words, &said, own, lexicon) {
            said.clear();
        }
        if !said.is_empty() {
            let compared = lexicon.comparators.iter().flat_map(|comparator| comparator.pattern.find_iter(words));
            let compared = in_order(compared.map(|found| found.range()).collect());
            said.retain(|(at, _)| !holds(&compared, *at));
            let others = years_of_something_else(words, lexicon);
            // A span or a name (自2019年以来) ends what an earlier year says and says nothing itself.
            for (at, year) in &mut said {
                *year = if holds(&others, *at) { own.unwrap_or_default() } else { *year };
            }
        }
        let mut ends = ends_of_clauses(words, &said, lexicon);
        end_before_changes(words, &said, &mut ends, own, lexicon);
        let mut years: Vec<StatedYear> = said
            .iter()
            .zip(ends)
            .map(|((at, year), end)| {
                let start = range.start + at;
                let reason = reason_at(reasons, start).map_or(usize::MAX, |reason| reason.end);
                StatedYear { year: *year, start, end: (range.start + end).min(reason) }
            })
            .collect();
        years.extend(own.into_iter().flat_map(|own| years_before(words, range.start, own, reasons, lexicon)));
        years.extend(ahead.map(|year| StatedYear { year, start: range.start, end: range.end }));
        years.sort_by_key(|year| year.start);
        Self { years, own, reasons: reasons.to_vec(), paired: paired(words, range.start, figures, lexicon) }
    }

    /// The year of the figure that starts at a byte of the text, unless it is the document's own.
    pub fn at(&self, figure: usize) -> Option<i32> {
        let own = self.own?;
        if let Some((_, year)) = self.paired.iter().find(|(at, _)| *at == figure) {
            return (*year != own).then_some(*year);
        }
        let before = &self.years[..self.years.partition_point(|year| year.start < figure)];
        let reason = reason_at(&self.reasons, figure).map_or(0, |reason| reason.start);
        let nearest = before.iter().rev().take(8).find(|year| figure < year.end)?;
        (nearest.year != own && nearest.start >= reason).then_some(nearest.year)
    }
}

/// 3.支出情况。2021年度支出合计X，较上年增加Y in the accounts of 2022: what is compared with the year before is this year's, whatever
/// year its sentence opens with.
fn is_slip(words: &str, said: &[(usize, i32)], own: Option<i32>, lexicon: &Lexicon) -> bool {
    let [(_, year)] = said else { return false };
    own.is_some_and(|own| *year == own - 1) && lexicon.slipped_year.is_match(words)
}

/// 2024年预算比上年增加A。其中甲费增加B。 in the accounts of 2023: what follows a budget to come is of its year, until the text comes
/// back to the account.
fn year_ahead(before: &str, words: &str, own: i32, lexicon: &Lexicon) -> Option<i32> {
    if lexicon.account_again.is_match(words) {
        return None;
    }
    for sentence in before.trim_end_matches('。').rsplit('。').take(LONGEST_BUDGET) {
        let year = lexicon.year_ahead.captures(sentence).and_then(|found| found.name("year")?.as_str().parse().ok());
        if year.is_some() {
            return year.filter(|year| *year > own);
        }
        if lexicon.account_again.is_match(sentence) || lexicon.stated_year.is_match(sentence) {
            return None;
        }
    }
    None
}

/// 2023年、2022年分别为A、B: the numbers behind the words, each with its year.
fn paired(words: &str, start: usize, figures: &[usize], lexicon: &Lexicon) -> Vec<(usize, i32)> {
    let mut found = Vec::new();
    for captures in lexicon.paired_years.captures_iter(words) {
        let end = start + captures.get(0).map_or(0, |whole| whole.end());
        let Some(first) = figures.iter().position(|figure| *figure == end) else { continue };
        let named = captures.name("years").map_or("", |years| years.as_str());
        let years: Vec<i32> = named.split(|c: char| !c.is_ascii_digit()).filter_map(|year| year.parse().ok()).collect();
        if figures.len() - first >= years.len() {
            found.extend(figures[first..].iter().copied().zip(years));
        }
    }
    found
}

/// 上年人员经费、公用经费分别为A、B: the year before, up to the next comma.
fn years_before<'w>(
    words: &'w str,
    start: usize,
    own: i32,
    reasons: &'w [Range<usize>],
    lexicon: &'w Lexicon,
) -> impl Iterator<Item = StatedYear> + 'w {
    let said = lexicon.year_before.captures_iter(words).filter_map(|found| Some((found.name("year")?, found.get(0)?)));
    let outside = said.filter(move |(year, _)| reason_at(reasons, start + year.start()).is_none());
    outside.map(move |(year, whole)| {
        let is_digit = |at: usize| words.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let ends = |(at, c): &(usize, char)| match c {
            ';' | ')' => true,
            ',' => !(is_digit(at - 1) && is_digit(at + 1)),
            _ => false,
        };
        let rest = words.char_indices().skip_while(|(at, _)| *at < whole.end());
        let end = rest.into_iter().find(ends).map_or(words.len(), |(at, _)| at);
        StatedYear { year: own - 1, start: start + year.start(), end: start + end }
    })
}

fn reason_at(reasons: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    reasons[..reasons.partition_point(|reason| reason.start <= at)].last().filter(|reason| reason.contains(&at))
}

fn years_of_something_else(words: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let found = lexicon.not_stated_years.iter().flat_map(|pattern| pattern.captures_iter(words));
    let parts = found.filter_map(|found| found.name("not").or_else(|| found.get(0)));
    in_order(parts.map(|part| part.range()).collect())
}

fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// Ranges of different patterns overlap at most a few deep.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let before = &ranges[..ranges.partition_point(|range| range.start <= at)];
    before.iter().rev().take(8).any(|range| range.contains(&at))
}

/// Where each year's clause ends: at the next semicolon, or where the bracket around it closes. A semicolon does not end the
/// year that opens the sentence.
fn ends_of_clauses(words: &str, said: &[(usize, i32)], lexicon: &Lexicon) -> Vec<usize> {
    let mut ends = vec![words.len(); said.len()];
    let opening =
        usize::from(said.first().is_some_and(|(start, _)| *start == 0) && lexicon.opening_year.is_match(words));
    // Years whose clause is still open; and how many of them were open when each bracket opened.
    let mut running: Vec<usize> = Vec::new();
    let mut brackets: Vec<usize> = Vec::new();
    let mut next = 0;
    for (at, c) in words.char_indices() {
        if said.get(next).is_some_and(|(start, _)| *start == at) {
            running.push(next);
            next += 1;
        }
        let kept = match c {
            '(' => {
                brackets.push(running.len());
                continue;
            }
            ')' => brackets.pop().unwrap_or(running.len()),
            ';' => brackets.last().copied().unwrap_or(opening),
            _ => continue,
        };
        for year in running.drain(kept.min(running.len())..) {
            ends[year] = at;
        }
    }
    ends
}

/// 2016年X,2015年Y,同比下降Z in the accounts of 2016: the year before, beside the year itself, says nothing of how the two differ.
fn end_before_changes(words: &str, said: &[(usize, i32)], ends: &mut [usize], own: Option<i32>, lexicon: &Lexicon) {
    let Some(own) = own else { return };
    let Some(first) = said.iter().position(|(_, year)| *year == own) else { return };
    let changes: Vec<usize> = lexicon.year_on_year.find_iter(words).map(|found| found.start()).collect();
    for ((start, _), end) in said.iter().zip(ends).skip(first).filter(|((_, year), _)| *year == own - 1) {
        let change = changes.get(changes.partition_point(|change| change < start));
        *end = change.map_or(*end, |change| *change.min(end));
    }
}

/// Years whose 年 is lost before an amount (`与2019498.83万元相比`): only the document's own year or the one before
/// it, and only where nothing else has taken the digits.
pub fn glued(text: &str, taken: &[Range<usize>], own: Option<i32>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let Some(own) = own else { return Vec::new() };
    let computed = lexicon.glued_by_sum.captures_iter(text).filter(|found| is_computed_with(found));
    lexicon
        .glued_year
        .captures_iter(text)
        .chain(computed)
        .filter_map(|found| found.name("year"))
        .filter(|year| year.as_str().parse().is_ok_and(|year: i32| year == own || year == own - 1))
        .map(|year| year.range())
        .filter(|year| !taken.iter().any(|range| range.start < year.end && year.start < range.end))
        .collect()
}

/// Whether the amounts around `rest` differ by just it: 88.40万元201661.15万元相比较增长27.25万元.
fn is_computed_with(found: &Captures<'_>) -> bool {
    let value = |group: &str| parse_printed(found.name(group)?.as_str()).ok().map(|printed| printed.value);
    let amounts = value("amount").zip(value("rest")).zip(value("change"));
    amounts.is_some_and(|((amount, rest), change)| (amount - rest).abs() == change)
}
