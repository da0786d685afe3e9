//! A comparator's own value: 比年初预算数90,000元.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::computed::{subject_of_base, unsaid_direction};
use crate::extract::narrative::meaning::verdict::{Against, Around, Verdict, another_year};
use crate::extract::narrative::meaning::whose::named::subject_or_carried;
use crate::extract::narrative::rules::lexicon::{Role, UnitKind};
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

impl Setting<'_> {
    /// Whether words that lead to an amount say that it is a budget.
    fn names_budget(&self, words: &str) -> bool {
        let is_of_budget = |role: &&Role| role.measure.contains("budget");
        self.lexicon.roles.iter().filter(is_of_budget).any(|role| role.pattern.is_match(words))
    }
}

/// A number right after a comparator is the comparator's own: 比年初预算数90,000元.
pub fn own_value_of_comparator(
    around: &Around<'_>,
    words: &str,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    let number = around.number;
    // 比上年增加53.58: nothing says of what the number is.
    let is_bare_change = number.kind == UnitKind::None && setting.lexicon.direction_at_end(words).is_some();
    if number.kind == UnitKind::Percent || is_bare_change {
        return None;
    }
    let (comparator, range) = setting.last_comparator(words).filter(|(known, _)| !known.own.is_empty())?;
    let rest = setting.clean(&words[range.end..]);
    // 比2022年度总支出1,060元减少60元, in the accounts of 2023: of what is named before the number, unless that is a budget.
    let compared = &words[range.clone()];
    let is_own_year = setting.year.is_some_and(|own| compared.contains(&own.to_string()));
    let may_be_named = comparator.own_of.as_ref().is_some_and(|pattern| pattern.is_match(compared))
        && !is_own_year
        && setting.lexicon.direction_at_end(around.after).is_some();
    let known = || setting.known(&rest, &number.unit, &mut ClassificationPath::default());
    // So is what the number before it is of: 与2017年度一般公共预算财政拨款支出60万元相比,一般公共预算财政拨款支出减少45万元.
    let is_subject = |item: &Item| item.standard == carried.subject.standard;
    let named = may_be_named
        .then(known)
        .flatten()
        .filter(|item| is_subject(item) || (item.line.is_some() && !setting.names_budget(words)));
    if named.is_none() && !rest.is_empty() && !setting.lexicon.empty_subject.is_match(&rest) {
        return None;
    }
    let head = &words[..range.start];
    let is_open = named.is_none() && setting.clean(head.rsplit([',', ';', '。', ':']).next().unwrap_or("")).is_empty();
    let item = named.unwrap_or_else(|| subject_or_carried(head, number, setting, carried));
    let item = Some(&item).filter(|_| is_open).and_then(|item| subject_of_base(item, around, carried)).unwrap_or(item);
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
