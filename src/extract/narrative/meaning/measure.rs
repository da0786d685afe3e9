//! What a number measures: by the words before it, or by its unit, list and section where no words say.

use super::carried::Carried;
use super::together::first_part;
use super::verdict::{Against, Around, Verdict};
use super::whose::{counted, named, other_side, subject_or_carried};
use crate::extract::narrative::claim::COMPLETION;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::{Role, UnitKind};
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::subject::{Item, Setting};
use crate::extract::pattern::{Letters, Pattern};

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

/// A number after a wording that names its measure.
pub fn by_role(words: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let number = around.number;
    let section = setting.section.map_or("", |section| section.code.as_str());
    if around.run == 2
        && let Some(verdict) = paired_measures(number, words, setting, carried)
    {
        return Some(verdict);
    }
    let letters = Letters::of(words);
    for role in &setting.lexicon.roles {
        if !role.units.contains(&number.kind)
            || !(role.sections.is_empty() || role.sections.iter().any(|s| s == section))
        {
            continue;
        }
        let Some(found) = role.pattern.within(&letters).and_then(|pattern| pattern.captures(words)) else { continue };
        if role.followed_by.as_ref().is_some_and(|pattern| !pattern.is_match(around.after)) {
            continue;
        }
        let start = found.get(0).map_or(0, |whole| whole.start());
        let head = match found.name("item").or_else(|| found.name("item2")) {
            Some(item) => &words[..item.end()],
            None => &words[..start],
        };
        // 支出 before 决算 belongs to the name where the name with it is known (一般公共预算支出决算), else to 决算.
        let tail = ["tail", "tail2", "tail3", "tail4"].iter().find_map(|group| found.name(group));
        let named_with_tail = tail.and_then(|tail| {
            let clause = words[..tail.end()].rsplit([',', ':', ';']).next().unwrap_or("");
            // A name that says its own level or code is read as such below.
            let is_classified = setting.classified(clause, &mut carried.path.clone()).is_some()
                || setting.coded(clause, &mut carried.path.clone()).is_some();
            if setting.lexicon.sides.iter().any(|side| side == clause) || is_classified {
                return None;
            }
            setting.known_in(clause, &number.unit, &mut carried.path)
        });
        let side = found.name("side").or(tail).and_then(|side| other_side(side.as_str(), setting, carried));
        let in_head = |carried: &mut Carried| named(head, number, setting, carried);
        let budgeted = carried.budgeted.clone().filter(|_| role.measure == COMPLETION);
        let item_named = named_with_tail.or_else(|| in_head(carried)).or(side).or(budgeted);
        let mut item = item_named.unwrap_or_else(|| subject_or_carried(head, number, setting, carried));
        item = first_part(words, head, around, item, carried, setting);
        if !role.suffix.is_empty() && !item.standard.ends_with(role.suffix.as_str()) {
            item.standard.push_str(&role.suffix);
        }
        let captured = found.name("basis").map(|basis| basis.as_str()).filter(|basis| !basis.is_empty());
        let basis = captured.and_then(|basis| standard_basis(basis, &item.standard, setting)).unwrap_or_else(|| {
            match role.basis.as_str() {
                "{whole}" => whole_beyond(&item, carried),
                "{budget}" => budget_basis(setting),
                "{against}" => {
                    carried.against.as_ref().map_or_else(|| budget_basis(setting), |against| against.basis.clone())
                }
                fixed => fixed.to_owned(),
            }
        });
        let measure = measure_of(role, setting);
        // A change that follows is against the budget just stated.
        if let Some(comparator) = setting.lexicon.comparators.iter().find(|known| known.own == measure) {
            carried.against = Some(Against::to(comparator));
        }
        return Some(Verdict {
            item,
            measure,
            basis,
            sign: 1,
            is_remnant: false,
            rule: role.id.clone(),
            noun_length: 0,
        });
    }
    None
}

fn measure_of(role: &Role, setting: &Setting<'_>) -> String {
    match role.measure.as_str() {
        "{budget}" => budget_measure(setting),
        fixed => fixed.to_owned(),
    }
}

/// 预算数、决算数分别为A、B: the first of two numbers whose measures are named together.
fn paired_measures(number: &Number, words: &str, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let each = setting.lexicon.each.find_iter(words).last()?;
    if number.kind != UnitKind::Money || !setting.clean(&words[each.end()..]).is_empty() {
        return None;
    }
    let (first, second) = words[..each.start()].rsplit_once(['、', '和', '与', '及'])?;
    let of_money = || setting.lexicon.roles.iter().filter(|role| role.units.contains(&UnitKind::Money));
    let whole = of_money().find(|role| role.pattern.find(second).is_some_and(|found| found.start() == 0))?;
    let (role, found) = of_money().find_map(|role| Some((role, role.pattern.captures(first)?)))?;
    let head = found.name("item").map_or(found.get(0).map_or(0, |whole| whole.start()), |item| item.end());
    let item = subject_or_carried(&first[..head], number, setting, carried);
    carried.second_measure = Some(measure_of(whole, setting));
    Some(Verdict {
        item,
        measure: measure_of(role, setting),
        basis: String::new(),
        sign: 1,
        is_remnant: false,
        rule: role.id.clone(),
        noun_length: 0,
    })
}

pub fn budget_measure(setting: &Setting<'_>) -> String {
    setting
        .section
        .map(|section| section.budget.clone())
        .filter(|budget| !budget.is_empty())
        .unwrap_or_else(|| "initial_budget".to_owned())
}

pub fn budget_basis(setting: &Setting<'_>) -> String {
    setting.section.map(|section| section.budget_basis.clone()).filter(|basis| !basis.is_empty()).unwrap_or_else(|| {
        let comparators = &setting.lexicon.comparators;
        let of_budget = comparators.iter().find(|comparator| comparator.own == "initial_budget");
        of_budget.map(|comparator| comparator.basis.clone()).unwrap_or_default()
    })
}

/// The standard name of what the share of an item is of; `None` where the words name nothing (占总支出决算的).
fn standard_basis(basis: &str, item: &str, setting: &Setting<'_>) -> Option<String> {
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
fn whole_beyond(item: &Item, carried: &Carried) -> String {
    let whole = carried.whole.as_ref().filter(|whole| whole.standard != item.standard);
    whole.map(|whole| whole.standard.clone()).unwrap_or_default()
}

/// No wording names the measure: the unit, the list and the section decide.
pub fn by_default(words: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let number = around.number;
    let mut noun_length = 0;
    let is_work_amount = number.kind == UnitKind::Money && setting.reads() == Reads::Work;
    let item = if is_work_amount || matches!(number.kind, UnitKind::Count | UnitKind::Area | UnitKind::Score) {
        let (item, length) = counted(words, around, setting, carried);
        noun_length = length;
        item
    } else {
        subject_or_carried(words, number, setting, carried)
    };
    let item = first_part(words, words, around, item, carried, setting);
    if let Some(last) = carried.last.clone()
        && number.kind == UnitKind::Percent
        && setting.lexicon.separators.is_match(words)
        && last.measure.starts_with("change_vs")
    {
        return Verdict { measure: "change_percent".to_owned(), rule: "change".to_owned(), noun_length: 0, ..last };
    }
    let measure = default_measure(&item, around, setting, carried);
    let basis = if measure == "share_percent" { whole_beyond(&item, carried) } else { String::new() };
    Verdict { item, measure, basis, sign: 1, is_remnant: false, rule: "default".to_owned(), noun_length }
}

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
        UnitKind::Percent if setting.reads() == Reads::Figures && carried.last_kind == Some(UnitKind::Money) => {
            "share_percent"
        }
        UnitKind::Percent => "rate_percent",
        UnitKind::Money if around.in_reason => "amount",
        UnitKind::Money => match (by_item, &carried.list_measure) {
            (Some(measure), _) => measure,
            (None, Some(measure)) => measure,
            (None, None) if !section.is_empty() => section,
            (None, None) if setting.reads() == Reads::Figures => "final_account",
            (None, None) => "amount",
        },
    };
    measure.to_owned()
}
