//! Sentences with holes, matched: which rule claims which number.

use std::collections::HashMap;
use std::ops::Range;

use super::verdict::{Around, Verdict};
use crate::extract::narrative::claim::{FINAL_ACCOUNT, SHARE};
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::basis::standard_basis;
use crate::extract::narrative::meaning::remember::remember;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::{Rules, Says};
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;
use crate::extract::pattern::Letters;
use crate::vocabulary::lies_in;

/// One number claimed by a sentence rule.
#[derive(Debug, Clone)]
pub struct Match {
    pub rule: String,
    pub says: Says,
    pub unit: String,
    /// Where the matched wording ends: what stands inside it names nothing else.
    pub end: usize,
    /// Words of the named holes.
    pub words: Vec<(String, String)>,
}

impl Match {
    pub fn verdict(&self, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
        let fill = |pattern: &str| {
            let mut text =
                pattern.replace("{subject}", &carried.subject.standard).replace("{project}", setting.project);
            for (name, words) in &self.words {
                let is_known = setting.known(words, "", &mut ClassificationPath::default()).is_some();
                let named = if is_known { words.clone() } else { setting.clean(words) };
                text = text.replace(&format!("{{{name}}}"), &named);
            }
            text
        };
        let name = fill(&self.says.item);
        let item = setting.known(&name, &self.unit, &mut ClassificationPath::default()).unwrap_or_else(|| Item {
            standard: name.clone(),
            printed: name.clone(),
            ..Item::default()
        });
        let is_account = self.says.keeps_subject && self.says.measure == FINAL_ACCOUNT;
        let item = if is_account { beyond_subject(item, &name, setting, carried) } else { item };
        let basis = fill(&self.says.basis);
        let has_line = |name: &String| {
            let known = setting.known_anywhere(name, &mut ClassificationPath::default());
            known.is_some_and(|item| item.line.is_some())
        };
        let of_share = if self.says.measure == SHARE { standard_basis(&basis, &item.standard, setting) } else { None };
        let of_share = of_share.filter(has_line);
        let verdict = Verdict {
            item,
            measure: self.says.measure.clone(),
            basis: of_share.unwrap_or(basis),
            sign: if self.says.decreases { -1 } else { 1 },
            is_remnant: false,
            rule: self.rule.clone(),
            noun_length: 0,
        };
        let in_reason = around.in_reason || self.says.keeps_subject;
        remember(&verdict, &Around { in_reason, ..*around }, carried);
        verdict
    }
}

/// 一般公共预算财政拨款支出7万元，占本年支出10万元的70%: nothing is a part of itself, so what the section calls the subject means
/// here what others call it, of all money.
fn beyond_subject(item: Item, name: &str, setting: &Setting<'_>, carried: &Carried) -> Item {
    // So does 占本年支出合计10万元的70% behind what a section with money of its own is about.
    let own = setting.section.filter(|section| !section.fund.is_empty()).map_or("", |section| section.item.as_str());
    if carried.subject.standard == own && item.standard != own && item.line.is_some() {
        return item.of_all_money();
    }
    if item.standard != carried.subject.standard || name == item.standard {
        return item;
    }
    let beyond = setting.known_anywhere(name, &mut ClassificationPath::default());
    beyond.filter(|beyond| beyond.standard != item.standard).map_or(item, Item::of_all_money)
}

/// The numbers of a sentence that rules claim, by where their digits start. Rules of one section come before rules of
/// every section; among equals the one that claims more of the sentence.
pub fn matches(
    rules: &Rules,
    region: &str,
    text: &str,
    range: Range<usize>,
    numbers: &[Number],
    setting: &Setting<'_>,
) -> HashMap<usize, Match> {
    let mut found: HashMap<usize, (usize, Match)> = HashMap::new();
    if numbers.is_empty() {
        return HashMap::new();
    }
    let section = setting.section.map_or("", |section| section.code.as_str());
    let words = &text[range.clone()];
    let letters = Letters::of(words);
    for rule in &rules.sentences {
        let is_in_section = rule.sections.is_empty() || rule.sections.iter().any(|code| code == section);
        let is_in_region = rule.regions.is_empty() || rule.regions.iter().any(|outer| lies_in(region, outer));
        if !is_in_section || !is_in_region {
            continue;
        }
        let Some(pattern) = rule.pattern.within(&letters) else { continue };
        let weight = if rule.sections.is_empty() { 0 } else { 10_000 } + rule.sentence.chars().count();
        for captures in pattern.captures_iter(words) {
            let mut holes = Vec::new();
            for hole in &rule.holes {
                let Some(part) = captures.name(&hole.name) else { continue };
                let Some(kind) = hole.number else { continue };
                let start = range.start + part.start();
                let number = numbers.iter().find(|number| number.digits.start == start);
                if let Some(number) = number.filter(|number| fits(number.kind, kind)) {
                    holes.push((hole.name.clone(), number));
                }
            }
            let named: Vec<(String, String)> = rule
                .holes
                .iter()
                .filter(|hole| hole.number.is_none())
                .filter_map(|hole| Some((hole.name.clone(), captures.name(&hole.name)?.as_str().to_owned())))
                .collect();
            let wanted = rule.holes.iter().filter(|hole| hole.number.is_some() && captures.name(&hole.name).is_some());
            if holes.len() != wanted.count() {
                continue;
            }
            for says in &rule.says {
                let Some((_, number)) = holes.iter().find(|(name, _)| *name == says.hole) else { continue };
                let matched = Match {
                    rule: rule.id.clone(),
                    says: says.clone(),
                    unit: number.unit.clone(),
                    end: range.start + captures.get(0).map_or(0, |whole| whole.end()),
                    words: named.clone(),
                };
                let entry = found.entry(number.digits.start);
                let slot = entry.or_insert((0, matched.clone()));
                if weight > slot.0 {
                    *slot = (weight, matched);
                }
            }
        }
    }
    found.into_iter().map(|(start, (_, matched))| (start, matched)).collect()
}

fn fits(kind: UnitKind, wanted: UnitKind) -> bool {
    kind == wanted || wanted == UnitKind::None || (kind == UnitKind::None && wanted != UnitKind::Percent)
}
