//! A number after a wording that names its measure.

use crate::extract::narrative::claim::COMPLETION;
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::basis::{budget_basis, standard_basis, whole_beyond};
use crate::extract::narrative::meaning::grammar::measure::budget_measure;
use crate::extract::narrative::meaning::verdict::{Against, Around, Verdict};
use crate::extract::narrative::meaning::whose::named::{named, subject_or_carried};
use crate::extract::narrative::meaning::whose::several::first_part;
use crate::extract::narrative::meaning::whose::sides::other_side;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::{Role, UnitKind};
use crate::extract::narrative::subjects::setting::Setting;
use crate::extract::pattern::Letters;

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
            let is_side = |words: &str| setting.lexicon.sides.iter().any(|side| side == words);
            // 水体（项）。年初预算为215万元，当年支出决算为213万元: nor is what a class spent that year all that was spent.
            let is_side_of_class = carried.is_of_class() && is_side(&setting.clean(clause));
            if is_side(clause) || is_side_of_class || is_classified {
                return None;
            }
            setting.known_in(clause, &number.unit, &mut carried.path)
        });
        let of_heading = tail.and_then(|_| carried.budget_of_heading().cloned());
        let named_side = || found.name("side").or(tail).and_then(|side| other_side(side.as_str(), setting, carried));
        let side = of_heading.or_else(named_side);
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
                "{whole}" => whole_beyond(&item, around, carried),
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
    let (first, second) = words[..each.start()].rsplit_once(|c| setting.lexicon.parts_names(c))?;
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
