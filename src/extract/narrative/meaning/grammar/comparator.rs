//! A comparator's own value: 比年初预算数90,000元.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::computed::unsaid_direction;
use crate::extract::narrative::meaning::verdict::{Against, Around, Verdict, another_year};
use crate::extract::narrative::meaning::whose::named::subject_or_carried;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::setting::Setting;

/// A number right after a comparator is the comparator's own: 比年初预算数90,000元.
pub fn own_value_of_comparator(
    around: &Around<'_>,
    words: &str,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    let number = around.number;
    if number.kind == UnitKind::Percent {
        return None;
    }
    let (comparator, range) = setting.last_comparator(words).filter(|(known, _)| !known.own.is_empty())?;
    let rest = setting.clean(&words[range.end..]);
    if !rest.is_empty() && !setting.lexicon.empty_subject.is_match(&rest) {
        return None;
    }
    let item = subject_or_carried(&words[..range.start], number, setting, carried);
    let against = Against::of(comparator, &words[range.clone()], setting);
    carried.against = Some(against.clone());
    if let Some(sign) = unsaid_direction(&item, around, setting, carried) {
        return Some(Verdict {
            item,
            measure: against.change,
            basis: against.basis,
            sign,
            is_remnant: false,
            rule: "change".to_owned(),
            noun_length: 0,
        });
    }
    let (measure, basis) = match another_year(comparator, &words[range], setting) {
        Some(_) => (comparator.another_own.clone(), against.basis),
        None => (comparator.own.clone(), comparator.own_basis.clone()),
    };
    Some(Verdict { item, measure, basis, sign: 1, is_remnant: false, rule: "comparator".to_owned(), noun_length: 0 })
}
