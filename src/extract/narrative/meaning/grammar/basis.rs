//! What a share is of, and which budget a section states.

use crate::extract::narrative::meaning::carried::Carried;
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
    let names = &setting.lexicon.names;
    let clean = setting.clean(basis);
    let found = names.find(basis, place).or_else(|| names.find(&clean, place)).map(|name| name.standard);
    found.or_else(|| (!setting.lexicon.empty_subject.is_match(&clean)).then_some(clean))
}

/// The whole that a share without words is of; nothing is a part of itself.
pub fn whole_beyond(item: &Item, carried: &Carried) -> String {
    let whole = carried.whole.as_ref().filter(|whole| whole.standard != item.standard);
    whole.map(|whole| whole.standard.clone()).unwrap_or_default()
}
