//! Which claim a reason explains.

use std::ops::Range;

use super::record::Gathered;
use crate::extract::narrative::claim::{RawClaim, RawReason};
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::paragraphs::structure::Block;

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

/// The words that lead to a reason, from the sentence's start or the last semicolon.
fn opening(before: &str) -> &str {
    const LONGEST: usize = 60;
    let words = before.rsplit([';', '。']).next().unwrap_or(before);
    let start = words.char_indices().rev().nth(LONGEST - 1).map_or(0, |(at, _)| at);
    &words[start..]
}

/// Whether the clause that leads to a reason says what changed: 公务接待费支出增加的主要原因是..
fn is_named(claim: &RawClaim, opening: &str) -> bool {
    let clause = opening.rsplit(',').next().unwrap_or(opening);
    [&claim.item, &claim.item_printed].iter().any(|name| !name.is_empty() && clause.contains(name.as_str()))
}

/// A paragraph that follows `..主要原因：` is the reason.
pub fn take_announced_reason(block: &Block<'_>, out: &mut Gathered) {
    let Some(claim) = out.announced_reason.take().and_then(|at| out.claims.get_mut(at)) else { return };
    if !block.is_heading() && claim.reason.is_empty() {
        claim.reason = block.text.text.trim_matches([':', ',', ' ', '。', ';']).to_owned();
    }
}
