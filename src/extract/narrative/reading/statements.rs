//! What a sentence says without numbers: reasons, nothing to report, no change, the name of what follows.

use std::ops::Range;

use super::record::{Gathered, raw};
use crate::extract::narrative::claim::{RawClaim, RawReason};
use crate::extract::narrative::meaning::carried::{Against, Carried, Verdict, default_against, last_comparator};
use crate::extract::narrative::meaning::clause::clause_of;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::lexicon::{Lexicon, Role, UnitKind};
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::path::ClassificationPath;
use crate::extract::narrative::subjects::subject::{Item, Setting};
use crate::vocabulary::ClaimKind;

/// Reasons of a sentence: from the wording that introduces one to the next semicolon or the sentence's end.
pub fn reasons(lexicon: &Lexicon, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut reasons: Vec<Range<usize>> = Vec::new();
    for found in lexicon.reason.find_iter(&text[range.clone()]) {
        let start = range.start + found.end();
        let is_purpose =
            || lexicon.purpose.find(&text[range.start + found.start()..range.end]).is_some_and(|p| p.start() == 0);
        if reasons.last().is_some_and(|last| start < last.end) || is_purpose() {
            continue;
        }
        let end = end_of_reason(lexicon, text, start..range.end);
        let end = comparison_after_comma(lexicon, text, start..end).unwrap_or(end);
        reasons.push(start..end);
    }
    reasons
}

/// The next semicolon or the end of the sentence; numbered points of a reason go on behind a semicolon.
fn end_of_reason(lexicon: &Lexicon, text: &str, range: Range<usize>) -> usize {
    let stops = text[range.clone()].match_indices([';', '。']).map(|(at, stop)| (range.start + at, stop));
    let goes_on = |at: usize| lexicon.reason_goes_on.is_match(&text[at + 1..range.end]);
    stops.into_iter().find(|(at, stop)| *stop == "。" || !goes_on(*at)).map_or(range.end, |(at, _)| at)
}

/// Where a reason gives way to the next statement: 主要原因是厉行节约，与上年相比减少..
fn comparison_after_comma(lexicon: &Lexicon, text: &str, range: Range<usize>) -> Option<usize> {
    let commas = text[range.clone()].match_indices(',').map(|(at, _)| range.start + at);
    commas.into_iter().find(|comma| {
        let after = &text[comma + 1..range.end];
        lexicon.comparators.iter().any(|comparator| {
            comparator.pattern.find(after).is_some_and(|found| found.start() == 0 && found.end() < after.len())
        })
    })
}

/// The words before a number, without a reason that ended before it.
pub fn outside_reasons<'t>(before: &'t str, start: usize, reasons: &[Range<usize>], in_reason: bool) -> &'t str {
    let end = start + before.len();
    let cut = reasons
        .iter()
        .filter(|reason| if in_reason { reason.start <= end } else { reason.end <= end })
        .map(|reason| if in_reason { reason.start } else { reason.end })
        .filter(|cut| *cut > start)
        .max();
    cut.map_or(before, |cut| &before[cut - start..])
}

/// 本年度无此项支出 and its kin declare zeros for the section's subjects.
pub fn nothing_to_report(
    block: &Block<'_>,
    range: Range<usize>,
    has_tokens: bool,
    setting: &Setting<'_>,
    out: &mut Gathered,
) {
    let Some(section) = block.section else { return };
    let words = &block.text.text[range.clone()];
    let may_say = section.reads == Reads::Figures || !section.nil_items.is_empty();
    if has_tokens || !may_say || setting.lexicon.reason.is_match(words) {
        return;
    }
    let Some(found) = setting.lexicon.nil.iter().find_map(|pattern| pattern.captures(words)) else { return };
    let Some(place) = found.name("nil").or_else(|| found.get(0)) else { return };
    let place = range.start + place.start()..range.start + place.end();
    let said = setting.known(
        &setting.clean(found.name("what").map_or("", |what| what.as_str())),
        "",
        &mut ClassificationPath::default(),
    );
    // 因公出国（境）费未发生支出: the item before the words is what there is none of.
    let before = block.text.text[range.start..place.start].rsplit([',', ';', '。', ':']).next().unwrap_or("");
    let path = &mut ClassificationPath::default();
    let mut subject = || setting.known_in(before, "元", path).or_else(|| setting.known_in(before, "", path));
    let has_line = |item: &Item| item.line.is_some();
    let items: Vec<Item> = match said.filter(has_line).or_else(|| subject().filter(has_line)) {
        Some(item) => vec![item],
        _ => section
            .nil_items
            .iter()
            .map(|name| {
                setting
                    .known(name, "", &mut ClassificationPath::default())
                    .unwrap_or_else(|| Item { standard: name.clone(), ..Item::default() })
            })
            .collect(),
    };
    for item in items {
        let measure = if section.nil_measure.is_empty() { "final_account" } else { &section.nil_measure };
        let verdict = Verdict {
            item,
            measure: measure.to_owned(),
            basis: String::new(),
            sign: 0,
            is_remnant: false,
            rule: "nil".to_owned(),
            noun_length: 0,
        };
        let printed = block.text.text[place.clone()].to_owned();
        out.claims.push(raw(
            setting.lexicon,
            block,
            place.clone(),
            &verdict,
            &range,
            (printed, 0, String::new(), ClaimKind::Nil),
        ));
    }
}

/// A paragraph that follows `..主要原因：` is the reason.
pub fn take_announced_reason(block: &Block<'_>, out: &mut Gathered) {
    let Some(claim) = out.announced_reason.take().and_then(|at| out.claims.get_mut(at)) else { return };
    if !block.is_heading() && claim.reason.is_empty() {
        claim.reason = block.text.text.trim_matches([':', ',', ' ', '。', ';']).to_owned();
    }
}

/// A reason goes to the change its own words name, else to the last one of the sentence, else to the last claim of the
/// paragraph, else it stands alone.
pub fn keep_reasons(block: &Block<'_>, reasons: &[Range<usize>], first: usize, carried: &Carried, out: &mut Gathered) {
    for reason in reasons {
        let text = block.text.text[reason.clone()].trim_matches([':', ',', ' ', '。', ';']).to_owned();
        if text.is_empty() {
            let last = out.claims.iter().rposition(|claim| claim.line >= block.first_line);
            out.announced_reason = last.filter(|_| reason.end == block.text.text.len());
            continue;
        }
        let span = block.text.span(reason.clone());
        let is_before =
            |claim: &RawClaim| (claim.line, claim.start) < (span.line, span.start) && claim.line >= block.first_line;
        let is_change = |claim: &RawClaim| is_before(claim) && claim.measure.starts_with("change_vs");
        let opening = opening(&block.text.text[..reason.start]);
        let named = out.claims.iter().rposition(|claim| is_change(claim) && is_named(claim, opening));
        let of_change = out.claims.iter().rposition(is_change).filter(|at| *at >= first);
        let nearest = out.claims.iter().rposition(is_before);
        match named.or(of_change).or(nearest).map(|at| &mut out.claims[at]) {
            Some(claim) if claim.reason.is_empty() => {
                claim.reason = text;
                claim.reason_opening = opening.to_owned();
            }
            _ => out.reasons.push(RawReason {
                line: span.line,
                section_path: block.path.clone(),
                item: carried.subject.standard.clone(),
                text,
            }),
        }
    }
}

/// Whether the clause that leads to a reason says what changed: 公务接待费支出增加的主要原因是..
fn is_named(claim: &RawClaim, opening: &str) -> bool {
    let clause = opening.rsplit(',').next().unwrap_or(opening);
    [&claim.item, &claim.item_printed].iter().any(|name| !name.is_empty() && clause.contains(name.as_str()))
}

/// The words that lead to a reason, from the sentence's start or the last semicolon.
fn opening(before: &str) -> &str {
    const LONGEST: usize = 60;
    let words = clause_of(before);
    let start = words.char_indices().rev().nth(LONGEST - 1).map_or(0, |(at, _)| at);
    &words[start..]
}

/// A sentence without numbers may only name what the next ones are about: `1.财政事务（款）行政运行（项）。`
pub fn carry_label(sentence: &str, setting: &Setting<'_>, carried: &mut Carried) {
    let words = sentence.trim_end_matches(['。', ':', '!', '?']);
    let classified = setting.classified(words, &mut carried.path);
    let classified = classified.or_else(|| setting.coded(words, &mut carried.path));
    let item = classified.or_else(|| setting.names_in_a_row(words, &mut carried.path)).or_else(|| {
        let clean = setting.clean(words);
        if clean.chars().count() > 30 { None } else { setting.known(&clean, "", &mut carried.path) }
    });
    if let Some(item) = item {
        carried.about(item);
    }
}

/// 与上年持平: a change of nothing.
pub fn flat_verdict(before: &str, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let words = clause_of(before);
    let head = match last_comparator(words, setting) {
        Some((comparator, range)) => {
            carried.against = Some(Against::to(comparator));
            let tail = &words[range.end..];
            if setting.clean(tail).is_empty() { &words[..range.start] } else { tail }
        }
        None => words,
    };
    if let Some(item) = setting.named(head, "", UnitKind::Money, &mut carried.path) {
        carried.subject = item;
    }
    let against = carried.against.clone().unwrap_or_else(|| default_against(setting));
    if against.change.is_empty() {
        carried.against = None;
        return None;
    }
    Some(Verdict {
        item: carried.subject.clone(),
        measure: against.change,
        basis: against.basis,
        sign: 0,
        is_remnant: false,
        rule: "flat".to_owned(),
        noun_length: 0,
    })
}

/// Whether the words before a first number say only what it measures (年初预算为): its subject stands above.
pub fn names_only_a_measure(words: &str, lexicon: &Lexicon) -> bool {
    let is_whole = |role: &Role| {
        let found = role.pattern.may_begin(words).then(|| role.pattern.captures(words)).flatten();
        found.is_some_and(|found| found.name("item").is_none() && found.get(0).is_some_and(|whole| whole.start() == 0))
    };
    !words.is_empty() && lexicon.roles.iter().any(is_whole)
}

/// Whether words begin by comparing something that stands before them.
pub fn begins_with_comparison(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.comparators.iter().any(|comparator| comparator.pattern.begins(words))
}

/// Sentence ranges within a paragraph.
pub fn sentences(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = body.start;
    for (at, c) in text[body.clone()].char_indices() {
        if matches!(c, '。' | '!' | '?') {
            let end = body.start + at + c.len_utf8();
            ranges.push(start..end);
            start = end;
        }
    }
    if start < body.end {
        ranges.push(start..body.end);
    }
    ranges
}
