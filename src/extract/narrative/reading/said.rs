//! What a sentence says of its numbers in words: which count is a part of which, what an amount is spent on, and whether
//! an account is said to be more or less than its budget.

use std::ops::Range;

use crate::extract::narrative::claim::{COMPLETION, RawClaim};
use crate::extract::narrative::rules::lexicon::{Lexicon, UnitKind};
use crate::extract::pattern::Pattern;
use crate::vocabulary::ClaimKind;

/// A claim by where its number stands in the paragraph.
pub struct Placed {
    pub at: usize,
    pub claim: usize,
    pub kind: UnitKind,
}

/// How many claims away words about a claim may stand; no author goes further.
const NEAR: usize = 24;

/// Counts after 其中 belong to the count before it, to the end of the clause or the next 其中; not to one that was named
/// beside something else.
pub fn mark_parts(text: &str, range: Range<usize>, placed: &[Placed], lexicon: &Lexicon, claims: &mut [RawClaim]) {
    let openings: Vec<Range<usize>> = lexicon
        .of_which
        .find_iter(&text[range.clone()])
        .map(|found| range.start + found.start()..range.start + found.end())
        .collect();
    for (number, opening) in openings.iter().enumerate() {
        let is_count = |placed: &&Placed| placed.kind == UnitKind::Count;
        let before = &placed[..placed.partition_point(|placed| placed.at < opening.start)];
        let Some(nearest) = before.iter().rev().take(NEAR).find(is_count) else { continue };
        let next = openings.get(number + 1).map_or(range.end, |next| next.start);
        let stop = text[opening.end..range.end].find([';', '。']).map_or(range.end, |at| opening.end + at).min(next);
        let first = placed.partition_point(|placed| placed.at < opening.end);
        // 其他用车23辆（含校车17辆）: what a bracket behind a part holds is a part of that; and what follows the bracket that
        // holds the parts (41批次（其中外事接待2批次），298人次) is none.
        let is_beside = |part: &&Placed| {
            let between = &text[opening.end..part.at];
            between.matches('(').count() == between.matches(')').count()
        };
        for part in placed[first..].iter().take_while(|placed| placed.at < stop).filter(is_count).filter(is_beside) {
            // 41批次，298人次，其中外事接待5批次: of the counts before it the one in its unit.
            let is_alike = |whole: &&Placed| is_count(whole) && claims[whole.claim].unit == claims[part.claim].unit;
            let whole = before.iter().rev().take(NEAR).find(is_alike).unwrap_or(nearest);
            let names = [whole, part].map(|placed| &claims[placed.claim].item);
            let is_none = |(of, not): &(Pattern, Pattern)| of.is_match(names[0]) && not.is_match(names[1]);
            if lexicon.of_which_beside.is_match(&text[range.start..whole.at])
                || lexicon.of_which_not.iter().any(is_none)
            {
                continue;
            }
            claims[part.claim].part_of = Some((claims[whole.claim].line, claims[whole.claim].start));
        }
    }
}

/// 人员经费X万元，主要包括：基本工资、津贴补贴..: the names go to the account they explain.
pub fn mark_lists(text: &str, range: Range<usize>, placed: &[Placed], lexicon: &Lexicon, claims: &mut [RawClaim]) {
    for found in lexicon.listing.captures_iter(&text[range.clone()]) {
        let (Some(whole), Some(names)) = (found.get(0), found.name("names")) else { continue };
        let start = range.start + whole.start();
        let before = &placed[..placed.partition_point(|placed| placed.at < start)];
        let is_account = |placed: &&Placed| claims[placed.claim].measure == "final_account";
        if let Some(explained) = before.iter().rev().take(NEAR).find(is_account).map(|placed| placed.claim) {
            names.as_str().clone_into(&mut claims[explained].listed);
        }
    }
}

/// 决算数大于预算数 .. of every account that has one budget in its sentence. The words may stand in its own sentence up to
/// the reason, lead to a reason about the same item, or say that the item did not change.
pub fn mark_said(lexicon: &Lexicon, claims: &mut [RawClaim]) {
    let said: Vec<String> = (0..claims.len()).map(|at| said_of(at, lexicon, claims)).collect();
    for (claim, said) in claims.iter_mut().zip(said) {
        claim.said = said;
    }
}

fn said_of(at: usize, lexicon: &Lexicon, claims: &[RawClaim]) -> String {
    let claim = &claims[at];
    let claims = &claims[at.saturating_sub(NEAR)..claims.len().min(at + NEAR)];
    let same = |other: &&RawClaim| other.item == claim.item && other.function_code == claim.function_code;
    // The budget itself, or how much of it was spent.
    let stated = |measure: &str| {
        let is_it = |other: &&RawClaim| other.measure == measure && other.sentence == claim.sentence;
        claims.iter().filter(same).filter(is_it).count()
    };
    let budgets = stated("initial_budget");
    let is_comparable = budgets == 1 || budgets == 0 && stated(COMPLETION) == 1;
    if claim.measure != "final_account" || !is_comparable {
        return String::new();
    }
    let mut statements = vec![before_reason(claim)];
    for other in claims.iter().filter(same) {
        if other.kind == ClaimKind::Flat && other.measure == "change_vs_budget" {
            statements.push(before_reason(other));
        }
        if !other.reason_opening.is_empty() && names_nothing_else(&other.reason_opening, &claim.item, lexicon) {
            statements.push(&other.reason_opening);
        }
    }
    let is_said = |pattern: &regex::Regex| statements.iter().any(|statement| pattern.is_match(statement));
    let directions = [("more", &lexicon.said_more), ("less", &lexicon.said_less), ("equal", &lexicon.said_equal)];
    let mut found = directions.into_iter().filter(|(_, pattern)| is_said(pattern)).map(|(said, _)| said);
    match (found.next(), found.next()) {
        (Some("equal"), None) if is_said(&lexicon.said_vaguely) => "about_equal".to_owned(),
        (Some(said), None) => said.to_owned(),
        _ => String::new(),
    }
}

/// The sentence up to its reason: a reason may compare other things.
fn before_reason(claim: &RawClaim) -> &str {
    let sentence = claim.sentence.as_str();
    let reason = claim.reason.trim();
    let end = if reason.is_empty() { None } else { sentence.find(reason) };
    end.and_then(|end| sentence.get(..end)).unwrap_or(sentence)
}

/// Whether the words before a reason are about this item: once the words that name nothing are taken out, what is left
/// is part of its name.
fn names_nothing_else(opening: &str, item: &str, lexicon: &Lexicon) -> bool {
    let letters: String = opening.chars().filter(|c| !c.is_ascii_digit() && !"“”,、（）()".contains(*c)).collect();
    let rest = lexicon.said_of_nothing.replace_all(&letters, "");
    let rest = rest.trim();
    rest.is_empty() || item.contains(rest)
}
