//! Facts that are words: 评价等级为“优”, 已公开, 本年度无此项支出. They are claims with a code instead of a number, or zeros.

use std::ops::Range;

use super::record::{Gathered, raw};
use crate::extract::narrative::claim::RawClaim;
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::Verdict;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::lexicon::{Lexicon, UnitKind, Worded};
use crate::extract::narrative::rules::model::{Reads, Section};
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::{Setting, YUAN};
use crate::vocabulary::ClaimKind;

/// 本年度无此项支出 and its kin declare zeros for the section's subjects.
pub fn nothing_to_report(
    block: &Block<'_>,
    range: Range<usize>,
    has_tokens: bool,
    setting: &Setting<'_>,
    carried: &Carried,
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
    let what = setting.clean(found.name("what").map_or("", |what| what.as_str()));
    let said = setting.known(&what, "", &mut ClassificationPath::default());
    // 因公出国（境）费未发生支出: the item before the words is what there is none of.
    let before = block.text.text[range.start..place.start].rsplit([',', ';', '。', ':']).next().unwrap_or("");
    let path = &mut ClassificationPath::default();
    let mut subject = || setting.known_in(before, YUAN, path).or_else(|| setting.known_in(before, "", path));
    let has_line = |item: &Item| item.line.is_some();
    // 没有安排因公出国（境）。: so is the item right behind them.
    let behind = block.text.text[place.end..range.end].split([',', ';', '。', ':']).next().unwrap_or("");
    let behind = || setting.known_in(behind, YUAN, &mut ClassificationPath::default()).filter(has_line);
    let items: Vec<Item> = match said.filter(has_line).or_else(behind).or_else(|| subject().filter(has_line)) {
        Some(item) => vec![item],
        // 无购置车辆的情况: something nobody knows is not all of the section's.
        _ if !names_nothing(&what, setting) && !section.nil_items.iter().any(|whole| are_akin(&what, whole)) => return,
        _ => wholes(section, setting, carried),
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

/// 无此项支出 is of what the paragraph stated last, where that is a part of the section's own (公务用车购置支出0万元).
fn wholes(section: &Section, setting: &Setting<'_>, carried: &Carried) -> Vec<Item> {
    let known = |name: &String| {
        let item = setting.known(name, "", &mut ClassificationPath::default());
        item.unwrap_or_else(|| Item { standard: name.clone(), ..Item::default() })
    };
    let is_part = |item: &&Item| item.line.is_some() && !section.nil_items.contains(&item.standard);
    match carried.accounts.last().map(|account| &account.item).filter(is_part) {
        Some(part) if !section.nil_items.is_empty() => vec![part.clone()],
        _ => section.nil_items.iter().map(known).collect(),
    }
}

fn names_nothing(what: &str, setting: &Setting<'_>) -> bool {
    what.is_empty() || setting.lexicon.empty_subject.is_match(what)
}

/// Whether two letters in a row of one stand in the other: 基金 and 政府性基金预算财政拨款支出.
fn are_akin(what: &str, whole: &str) -> bool {
    let letters: Vec<char> = what.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).any(|pair| whole.contains(&pair.iter().collect::<String>()))
}

/// Adds what a sentence states in words, reasons aside.
pub fn worded_claims(
    block: &Block<'_>,
    range: Range<usize>,
    reasons: &[Range<usize>],
    setting: &Setting<'_>,
    carried: &mut Carried,
    out: &mut Gathered,
) {
    let text = &block.text.text;
    let section = block.section.map_or("", |section| section.code.as_str());
    let holds = |worded: &&Worded| {
        !worded.measure.is_empty() && (worded.sections.is_empty() || worded.sections.iter().any(|code| code == section))
    };
    for worded in setting.lexicon.worded.iter().filter(holds) {
        for found in worded.pattern.captures_iter(&text[range.clone()]) {
            let (Some(whole), Some(word)) = (found.get(0), found.name("word").or_else(|| found.get(0))) else {
                continue;
            };
            let place = range.start + word.start()..range.start + word.end();
            let counts = worded.is_count_after.as_ref().is_some_and(|count| {
                let before = &text[range.start..place.start];
                count.is_match(before.rsplit([',', ';', '。', ':']).next().unwrap_or(before))
            });
            if counts || reasons.iter().any(|reason| reason.contains(&place.start)) {
                continue;
            }
            let item = subject(&text[range.start..range.start + whole.start()], worded, setting, carried);
            let verdict = Verdict {
                item,
                measure: worded.measure.clone(),
                basis: String::new(),
                sign: 0,
                is_remnant: false,
                rule: worded.code.clone(),
                noun_length: 0,
            };
            let printed = text[place.clone()].to_owned();
            let said = (printed, 0, String::new(), ClaimKind::Worded);
            let claim = raw(setting.lexicon, block, place, &verdict, &range, said);
            out.claims.push(RawClaim { word_code: worded.code.clone(), ..claim });
        }
    }
}

/// What the clause names before its words, else the project above, else what is carried.
fn subject(before: &str, worded: &Worded, setting: &Setting<'_>, carried: &mut Carried) -> Item {
    let named = |name: &str| Item { standard: name.to_owned(), printed: name.to_owned(), ..Item::default() };
    if !worded.item.is_empty() {
        return named(&worded.item);
    }
    let clause = before.rsplit([',', ';', '。', ':']).next().unwrap_or("");
    let own = setting.named(clause, "", UnitKind::None, &mut carried.path);
    own.or_else(|| (!setting.project.is_empty()).then(|| named(setting.project))).unwrap_or(carried.subject.clone())
}

/// Gives claims that were read from words their code.
pub fn give_word_codes(claims: &mut [RawClaim], lexicon: &Lexicon) {
    for claim in claims.iter_mut().filter(|claim| matches!(claim.kind, ClaimKind::Nil | ClaimKind::Flat)) {
        claim.word_code = code_of(&claim.printed, lexicon);
    }
}

/// The code of words that a claim was read from (持平, 本年度无此项支出): the first row that fits.
fn code_of(words: &str, lexicon: &Lexicon) -> String {
    let plain = lexicon.worded.iter().filter(|worded| worded.measure.is_empty());
    let longest = plain.filter_map(|worded| Some((worded.pattern.find(words)?.len(), worded)));
    longest.fold(None, longer).map_or_else(String::new, |(_, worded)| worded.code.clone())
}

fn longer<'w>(best: Option<(usize, &'w Worded)>, next: (usize, &'w Worded)) -> Option<(usize, &'w Worded)> {
    match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    }
}
