//! The measure by unit, list and section.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::Around;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::Setting;
use crate::extract::pattern::{Letters, Pattern};

pub fn default_measure(item: &Item, around: &Around<'_>, setting: &Setting<'_>, carried: &Carried) -> String {
    let number = around.number;
    let letters = Letters::of(&item.standard);
    let is_of = |pattern: &Pattern| pattern.within(&letters).is_some_and(|pattern| pattern.is_match(&item.standard));
    let by_item = setting.lexicon.measures_of_items.iter().find(|(pattern, _)| is_of(pattern)).map(|(_, m)| m);
    let section = setting.section.map_or("", |section| section.measure.as_str());
    let measure = match number.kind {
        UnitKind::Money if setting.states_budgets && !around.in_reason => return budget_measure(setting),
        UnitKind::Count | UnitKind::None => "count",
        UnitKind::Area => "area",
        UnitKind::Score => "score",
        UnitKind::Percent
            if Reads::of(setting.section) == Reads::Figures && carried.last_kind == Some(UnitKind::Money) =>
        {
            "share_percent"
        }
        UnitKind::Percent => "rate_percent",
        UnitKind::Money if around.in_reason => "amount",
        UnitKind::Money => match (by_item, &carried.list_measure) {
            (Some(measure), _) => measure,
            (None, Some(measure)) => measure,
            (None, None) if !section.is_empty() => section,
            (None, None) if Reads::of(setting.section) == Reads::Figures => "final_account",
            (None, None) => "amount",
        },
    };
    measure.to_owned()
}

pub fn budget_measure(setting: &Setting<'_>) -> String {
    setting
        .section
        .map(|section| section.budget.clone())
        .filter(|budget| !budget.is_empty())
        .unwrap_or_else(|| "initial_budget".to_owned())
}
