//! The second of two numbers that share what stands before the first.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::Verdict;
use crate::extract::narrative::meaning::whose::counted::recount;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::setting::Setting;

/// The second of two numbers that share what stands before the first.
pub fn pairwise(number: &Number, words: &str, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let (separator, direction) = setting.lexicon.without_direction(words);
    if !setting.lexicon.separators.is_match(separator) || (separator.is_empty() && direction.is_some()) {
        return None;
    }
    let last = carried.last.clone()?;
    if let Some(measure) = carried.second_measure.take() {
        return Some(Verdict { measure, rule: "pair".to_owned(), noun_length: 0, ..last });
    }
    if carried.last_kind != Some(number.kind) {
        return None;
    }
    // 接待52批次403人次，同比分别减少39批次、318人次: the second counts by its own unit.
    if number.kind == UnitKind::Count
        && last.measure.starts_with("change_vs")
        && let Some(item) = recount(&last.item, &number.unit, setting, carried.path.clone())
    {
        return Some(Verdict { item, rule: "pair".to_owned(), noun_length: 0, ..last });
    }
    let part = carried.parts.get(carried.next_part).cloned()?;
    carried.next_part += 1;
    let sign = direction.unwrap_or(last.sign);
    Some(Verdict { item: part, rule: "pair".to_owned(), sign, noun_length: 0, ..last })
}
