//! What a share is of, and which budget a section states.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::computed::is_share_of;
use crate::extract::narrative::meaning::verdict::Around;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::Setting;

pub fn budget_basis(setting: &Setting<'_>) -> String {
    setting.section.map(|section| section.budget_basis.clone()).filter(|basis| !basis.is_empty()).unwrap_or_else(|| {
        let comparators = &setting.lexicon.comparators;
        let of_budget = comparators.iter().find(|comparator| comparator.own == "initial_budget");
        of_budget.map(|comparator| comparator.basis.clone()).unwrap_or_default()
    })
}

/// The standard name of what the share of an item is of; `None` where the words name nothing (占总支出决算的).
pub fn standard_basis(basis: &str, item: &str, setting: &Setting<'_>) -> Option<String> {
    if let Some(known) = setting.lexicon.basis_names.iter().find(|known| known.pattern.is_match(basis)) {
        return Some(if known.with == "{budget}" { budget_basis(setting) } else { known.with.clone() });
    }
    // A basis is a whole beyond the section: the section's own short names do not apply, but for that of its whole; and
    // nothing is a part of itself.
    let own = setting.section.map_or("", |section| section.item.as_str());
    let here = setting.lexicon.names.find(basis, setting.place("")).filter(|name| name.standard == own && own != item);
    if let Some(whole) = here {
        return Some(whole.standard);
    }
    let place = crate::extract::narrative::rules::dictionary::names::Place { section: "", ..setting.place("") };
    // 人员经费..、项目支出..分别占支出的: a side alone is the section's own, of its parts.
    let is_side = || setting.lexicon.sides.iter().any(|side| basis == side && own.contains(side.as_str()));
    if own != item && is_side() {
        return Some(own.to_owned());
    }
    let names = &setting.lexicon.names;
    let clean = setting.clean(basis);
    let found = names.find(basis, place).or_else(|| names.find(&clean, place)).map(|name| name.standard);
    found.or_else(|| (!setting.lexicon.empty_subject.is_match(&clean)).then_some(clean))
}

/// The whole that a share without words is of; nothing is a part of itself. Behind a list inside a list it is the whole that
/// the share computes with, the inner one where neither does.
pub fn whole_beyond(item: &Item, around: &Around<'_>, carried: &Carried) -> String {
    let wholes = [&carried.whole, &carried.first_whole, &carried.outer_whole].into_iter().flatten();
    let mut wholes = wholes.filter(|whole| whole.standard != item.standard);
    let Some(nearest) = wholes.next() else { return String::new() };
    let fits = |whole: &&Item| is_share_of(item, whole, around.digits, carried);
    let whole = if fits(&nearest) { nearest } else { wholes.find(fits).unwrap_or(nearest) };
    whole.standard.clone()
}
