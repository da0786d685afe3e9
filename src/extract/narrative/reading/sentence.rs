//! One sentence: its numbers in order, then what it says in words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::explained::keep_reasons;
use super::paragraph::Reader;
use super::record::Gathered;
use super::said::{mark_lists, mark_parts};
use super::worded::{nothing_to_report, worded_claims};
use crate::extract::narrative::claim::RawClaim;
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::subjects::setting::Setting;

/// Digits of the code of a group (款).
const GROUP: usize = 5;
/// Digits of the code of a class (类).
const CLASS: usize = 3;

impl Reader<'_> {
    pub(super) fn read_sentence(
        &self,
        block: &Block<'_>,
        range: Range<usize>,
        found: &[Number],
        setting: &Setting<'_>,
        carried: &mut Carried,
        out: &mut Gathered,
    ) {
        let lexicon = &self.rules.lexicon;
        let sentence = self.taken_apart(block, range.clone(), found, setting);
        let text = &block.text.text;
        let begins_with_parts = lexicon.parts.begins(sentence.words);
        carried.begin_sentence(lexicon.begins_with_comparison(sentence.words), begins_with_parts, &lexicon.sides);
        if sentence.tokens.is_empty()
            && let Some(item) = setting.labelled(sentence.words, &mut carried.path)
        {
            carried.about(item);
            carried.stated.extend(setting.labelled_in_row(sentence.words, &carried.path));
        }
        let claims_before = out.claims.len();
        let placed = self.read_tokens(&sentence, setting, carried, out);
        code_by_siblings(&mut out.claims[claims_before..], setting);
        mark_parts(text, range.clone(), &placed, lexicon, &mut out.claims);
        mark_lists(text, range.clone(), &placed, lexicon, &mut out.claims);
        carried.is_single_part = begins_with_parts && carried.figures.len() == 1;
        nothing_to_report(block, range.clone(), !sentence.tokens.is_empty(), setting, carried, out);
        worded_claims(block, range, &sentence.reasons, setting, carried, out);
        keep_reasons(block, &sentence.reasons, claims_before, carried, out);
    }
}

/// 其中行政运行、体育竞赛、体育场馆分别为..: a name that several groups have is of the one group its siblings are of.
fn code_by_siblings(claims: &mut [RawClaim], setting: &Setting<'_>) {
    let groups: BTreeSet<&str> =
        claims.iter().filter_map(|claim| claim.function_code.as_deref()?.get(..GROUP + 1)?.get(..GROUP)).collect();
    let Some(group) = groups.first().filter(|_| groups.len() == 1).map(|group| (*group).to_owned()) else { return };
    // 其中较大的项级支出有..: of a list that names no class, no group is known.
    if !claims.iter().any(|claim| claim.function_code.as_deref() == group.get(..CLASS)) {
        return;
    }
    let is_unlisted = |claim: &&mut RawClaim| {
        claim.function_code.is_none() && claim.line_code.is_none() && claim.economic_code.is_none()
    };
    for claim in claims.iter_mut().filter(is_unlisted) {
        let called = setting.lexicon.names.called(&claim.item);
        claim.function_code = called.and_then(|called| Some(called.below(&group, setting.year)?.code.clone()));
    }
}
