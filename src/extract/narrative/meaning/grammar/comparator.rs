//! A comparator's own value: 比年初预算数90,000元.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::{Against, Verdict};
use crate::extract::narrative::meaning::whose::named::subject_or_carried;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::setting::Setting;

/// A number right after a comparator is the comparator's own: 比年初预算数90,000元.
pub fn own_value_of_comparator(
    number: &Number,
    words: &str,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    if number.kind == UnitKind::Percent {
        return None;
    }
    let (comparator, range) = setting.last_comparator(words).filter(|(known, _)| !known.own.is_empty())?;
    let rest = setting.clean(&words[range.end..]);
    if !rest.is_empty() && !setting.lexicon.empty_subject.is_match(&rest) {
        return None;
    }
    let item = subject_or_carried(&words[..range.start], number, setting, carried);
    let basis = comparator.own_basis.clone();
    carried.against = Some(Against::to(comparator));
    Some(Verdict {
        item,
        measure: comparator.own.clone(),
        basis,
        sign: 1,
        is_remnant: false,
        rule: "comparator".to_owned(),
        noun_length: 0,
    })
}
