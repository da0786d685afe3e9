//! Where the clause of a number opens.

use super::carried::{Carried, Outside};
use super::verdict::Verdict;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::{Setting, YUAN};

/// Brackets, semicolons and 其中 open and close contexts; what remains are the words of this number's own clause.
pub fn open_clause<'t>(before: &'t str, setting: &Setting<'_>, carried: &mut Carried) -> &'t str {
    let mut words = before;
    let mut open: Vec<usize> = Vec::new();
    let mut clause_start = 0;
    for (at, c) in before.char_indices() {
        match c {
            '(' => open.push(at),
            ')' if open.pop().is_none() => {
                if let Some(outside) = carried.brackets.pop() {
                    carried.about(outside.subject);
                    carried.whole = outside.whole;
                    carried.budgeted = outside.budgeted;
                }
                clause_start = at + 1;
            }
            ';' | '。' => {
                carried.parts.clear();
                carried.budgeted = None;
                // 商品和服务支出包括办公费等；支出..: the amount still belongs to what was enumerated.
                let enumerates = setting.lexicon.enumeration.is_match(&before[clause_start..=at]);
                if !(enumerates && setting.lexicon.empty_subject.is_match(&setting.clean(&before[at + 1..]))) {
                    clause_start = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    if let Some(at) = open.first() {
        let named = named_in_front(&before[..*at], setting, carried);
        carried.brackets.push(Outside {
            named,
            subject: carried.subject.clone(),
            budgeted: carried.budgeted.clone(),
            whole: carried.whole.clone(),
        });
        clause_start = clause_start.max(at + 1);
    }
    words = &words[clause_start.min(words.len())..];
    let opens_parts = |at: usize| !setting.lexicon.purpose_clause.is_match(&before[at..]);
    // Of 本年支出中, the last word opens the parts and the others name the whole.
    let opening = setting.lexicon.parts.captures_iter(before).last();
    let opening = opening.and_then(|found| found.name("opens").or_else(|| found.get(0)));
    if let Some(found) = opening.filter(|found| opens_parts(found.start())) {
        let preceding = &before[..found.start()];
        let whole = setting.named(preceding, "", UnitKind::Money, &mut carried.path);
        // 结余2万元。本年支出中,..: what is named anew is not measured as the balance before it.
        let follows_balance = whole.as_ref().is_some_and(|whole| *whole != carried.subject)
            && (carried.states_balance() || carried.changes_balance());
        if let Some(item) = whole {
            carried.about(item);
        }
        let is_part = |last: &Verdict| last.measure == "share_percent" && last.item == carried.subject;
        if carried.last.as_ref().is_some_and(is_part) && !carried.figures.is_empty() {
            carried.outer_whole = carried.whole.take();
        }
        carried.keep_first_whole(&setting.lexicon.sides);
        carried.whole = Some(carried.subject.clone());
        carried.is_in_parts = true;
        carried.budgeted = None;
        let has_measure = !carried.main_measure.is_empty() && !follows_balance;
        let of_other_year = carried.other_year.as_ref().map(|(measure, _)| measure.clone());
        carried.list_measure = of_other_year.or_else(|| has_measure.then(|| carried.main_measure.clone()));
        if let Some(rest) = before.get(found.end().max(clause_start)..) {
            words = rest;
        }
    }
    words
}

/// The name that ends right before a bracket.
fn named_in_front(before: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let opened = setting.lexicon.parts.captures_iter(before).last().and_then(|found| found.get(0));
    let before = opened.map_or(before, |opened| &before[opened.end()..]);
    let clause = before.rsplit([',', ';', '。', '、', ':']).next()?;
    // ).. is what stands behind another bracket.
    let clause = clause.strip_prefix(')').unwrap_or(clause);
    setting.named(clause, YUAN, UnitKind::Money, &mut carried.path.clone())
}
