//! The grammar of a fact: `[subject] [basis] [measure] amount unit [share] [comparison] [direction] Δ [percent]`.
//!
//! Every number is bound to the words before it in its own sentence; what they leave out is carried from before.

use std::ops::Range;

use regex::{Captures, Regex};

use super::measure::{by_default, by_role};
use super::subject::{ClassificationPath, Item, Setting};
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::{Comparator, UnitKind};
use crate::extract::narrative::rules::model::Reads;
use crate::extract::pattern::Letters;

/// What the words around a number make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub item: Item,
    pub measure: String,
    pub basis: String,
    pub sign: i8,
    pub is_remnant: bool,
    pub rule: String,
    /// Bytes of the text after the number that belong to its item.
    pub noun_length: usize,
}

/// What a change is against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    pub basis: String,
    pub change: String,
}

impl Against {
    pub fn to(comparator: &Comparator) -> Self {
        Self { basis: comparator.basis.clone(), change: comparator.change.clone() }
    }
}

/// As many subjects as one 分别 is remembered for.
pub const LONGEST_LIST: usize = 12;

/// What is carried from number to number.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    pub subject: Item,
    /// The subject's parts where one wording names several (收、支总计).
    pub parts: Vec<Item>,
    pub next_part: usize,
    pub whole: Option<Item>,
    pub against: Option<Against>,
    /// Measure of the last amount that is not a change, and the one parts of a whole take over.
    pub main_measure: String,
    pub list_measure: Option<String>,
    /// 其中 stood in this sentence: the next one is about the whole again.
    pub is_in_parts: bool,
    pub last: Option<Verdict>,
    pub last_kind: Option<UnitKind>,
    pub path: ClassificationPath,
    /// The last subject of an amount: 共计支出.. after counts of visits is about the visits' cost.
    pub amount_subject: Item,
    pub brackets: Vec<Item>,
    /// The last subjects that stated an amount each: 各增加 is about two of them, 分别占 about as many as numbers follow.
    pub stated: Vec<Item>,
}

impl Carried {
    /// A heading or label names what follows.
    pub fn about(&mut self, item: Item) {
        self.amount_subject = item.clone();
        self.subject = item;
    }

    /// Both of the last two subjects as one, where the words end in 各, 分别 or 均 and name nothing else.
    fn together(&self, words: &str, setting: &Setting<'_>) -> Option<Item> {
        let lexicon = setting.lexicon;
        let each = lexicon.each.find_iter(words).last().filter(|each| each.end() == words.len())?;
        let rest = setting.clean(words[..each.start()].rsplit([',', ';', '。']).next().unwrap_or(""));
        let [.., first, second] = self.stated.as_slice() else { return None };
        if !(rest.is_empty() || lexicon.empty_subject.is_match(&rest)) {
            return None;
        }
        let name = format!("{}和{}", first.standard, second.standard);
        let path = &mut ClassificationPath::default();
        Some(setting.known(&name, "", path).map_or_else(
            || Item { standard: name.clone(), printed: name.clone(), ..Item::default() },
            |known| Item { printed: name.clone(), ..known },
        ))
    }
}

/// The words before a number, and the ones after it.
pub struct Around<'t> {
    pub before: &'t str,
    pub after: &'t str,
    /// How many numbers of one kind follow one another with nothing but separators between, this one included.
    pub run: usize,
    /// The number explains a change; it is not one of the statements of the section.
    pub in_reason: bool,
}

pub fn verdict(number: &Number, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let words = open_clause(around.before, setting, carried);
    let made = pairwise(number, words, setting, carried)
        .or_else(|| change(number, words, around, setting, carried))
        .or_else(|| own_value_of_comparator(number, words, setting, carried))
        .or_else(|| by_role(number, words, around, setting, carried))
        .unwrap_or_else(|| by_default(number, words, around, setting, carried));
    remember(number, &made, around.in_reason, carried);
    made
}

/// Brackets, semicolons and 其中 open and close contexts; what remains are the words of this number's own clause.
fn open_clause<'t>(before: &'t str, setting: &Setting<'_>, carried: &mut Carried) -> &'t str {
    let mut words = before;
    let mut open: Vec<usize> = Vec::new();
    let mut clause_start = 0;
    for (at, c) in before.char_indices() {
        match c {
            '(' => open.push(at),
            ')' if open.pop().is_none() => {
                if let Some(item) = carried.brackets.pop() {
                    carried.subject = item;
                }
                clause_start = at + 1;
            }
            ';' | '。' => {
                carried.parts.clear();
                // 商品和服务支出包括办公费等；支出..: the amount still belongs to what was enumerated.
                let enumerates = setting.lexicon.enumeration.is_match(&before[clause_start..=at]);
                if !(enumerates && setting.lexicon.empty_subject.is_match(&setting.clean(&before[at + 1..]))) {
                    clause_start = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    if let Some(at) = open.first() {
        carried.brackets.push(carried.subject.clone());
        clause_start = clause_start.max(at + 1);
    }
    words = &words[clause_start.min(words.len())..];
    if let Some(found) = setting.lexicon.parts.find_iter(before).last() {
        let preceding = &before[..found.start()];
        if let Some(item) = setting.named(preceding, "", UnitKind::Money, &mut carried.path) {
            carried.about(item);
        }
        carried.whole = Some(carried.subject.clone());
        carried.is_in_parts = true;
        carried.list_measure = (!carried.main_measure.is_empty()).then(|| carried.main_measure.clone());
        if let Some(rest) = before.get(found.end().max(clause_start)..) {
            words = rest;
        }
    }
    words
}

/// The second of two numbers that share what stands before the first.
fn pairwise(number: &Number, words: &str, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    if !setting.lexicon.separators.is_match(words) {
        return None;
    }
    let last = carried.last.clone()?;
    let part = carried.parts.get(carried.next_part).cloned()?;
    if carried.last_kind != Some(number.kind) {
        return None;
    }
    carried.next_part += 1;
    Some(Verdict { item: part, rule: "pair".to_owned(), noun_length: 0, ..last })
}

/// A number after a word of direction: 比上年增加.., 下降..
fn change(
    number: &Number,
    words: &str,
    around: &Around<'_>,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    let found = setting.lexicon.direction.captures(words)?;
    let before = &words[..found.get(0)?.start()];
    let comparator = last_comparator(before, setting);
    let is_counted = !matches!(number.kind, UnitKind::Money | UnitKind::Percent | UnitKind::None);
    let is_free = setting.reads() != Reads::Figures && carried.against.is_none();
    // 在职52人，减少3人: a bare direction after a count of the same kind changes that count.
    let follows_alike = carried.last_kind == Some(number.kind) && before.trim_matches([',', '、']).is_empty();
    let is_unbound = (is_counted && !follows_alike) || (is_free && number.kind == UnitKind::Money);
    if comparator.is_none() && is_unbound {
        return None;
    }
    let both;
    let head = match &comparator {
        Some((comparator, range)) => {
            carried.against = Some(Against::to(comparator));
            let tail = &before[range.end..];
            both = [tail, &before[..range.start]].iter().find_map(|words| carried.together(words, setting));
            if setting.clean(tail).is_empty() { &before[..range.start] } else { tail }
        }
        None => {
            both = carried.together(before, setting);
            before
        }
    };
    let against = carried.against.clone().unwrap_or_else(|| default_against(setting));
    let item = both.unwrap_or_else(|| subject_or_carried(head, number, setting, carried));
    let (sign, is_remnant) = direction_sign(&found);
    let is_percent = number.kind == UnitKind::Percent
        || (number.kind == UnitKind::None && carried.last_kind == Some(UnitKind::Money));
    let item = first_part(words, head, around, item, carried, setting);
    Some(Verdict {
        item,
        measure: if is_percent { "change_percent".to_owned() } else { against.change },
        basis: against.basis,
        sign,
        is_remnant,
        rule: "change".to_owned(),
        noun_length: 0,
    })
}

fn direction_sign(found: &Captures<'_>) -> (i8, bool) {
    let is_remnant = found.name("alternative").is_some() || found.name("alternative2").is_some();
    (if found.name("down").is_some() { -1 } else { 1 }, is_remnant)
}

pub fn default_against(setting: &Setting<'_>) -> Against {
    let first = setting.lexicon.comparators.first();
    Against {
        basis: first.map(|comparator| comparator.basis.clone()).unwrap_or_default(),
        change: first.map(|comparator| comparator.change.clone()).unwrap_or_default(),
    }
}

/// The comparator nearest to the number.
pub fn last_comparator<'s>(text: &str, setting: &'s Setting<'_>) -> Option<(&'s Comparator, Range<usize>)> {
    let letters = Letters::of(text);
    let last = |pattern: &Regex| pattern.find_iter(text).last().map(|found| found.range());
    setting
        .lexicon
        .comparators
        .iter()
        .filter_map(|comparator| Some((comparator, comparator.pattern.within(&letters).and_then(last)?)))
        // Of two that end together the longer one says more (比年初预算 over 比预算).
        .max_by_key(|(_, range)| (range.end, std::cmp::Reverse(range.start)))
}

/// A number right after a comparator is the comparator's own: 比年初预算数90,000元.
fn own_value_of_comparator(
    number: &Number,
    words: &str,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    if number.kind == UnitKind::Percent {
        return None;
    }
    let (comparator, range) = last_comparator(words, setting)?;
    let rest = setting.clean(&words[range.end..]);
    if !rest.is_empty() && !setting.lexicon.empty_subject.is_match(&rest) {
        return None;
    }
    let item = subject_or_carried(&words[..range.start], number, setting, carried);
    carried.against = Some(Against::to(comparator));
    Some(Verdict {
        item,
        measure: comparator.own.clone(),
        basis: String::new(),
        sign: 1,
        is_remnant: false,
        rule: "comparator".to_owned(),
        noun_length: 0,
    })
}

pub fn subject_or_carried(head: &str, number: &Number, setting: &Setting<'_>, carried: &mut Carried) -> Item {
    match setting.named(head, &number.unit, number.kind, &mut carried.path) {
        Some(item) => item,
        None if number.kind == UnitKind::Money && !carried.amount_subject.standard.is_empty() => {
            carried.amount_subject.clone()
        }
        None => carried.subject.clone(),
    }
}

/// Whether the last clause of the words is only 分别占, 各为 and the like, comparators aside.
fn names_nothing(words: &str, setting: &Setting<'_>) -> bool {
    let clause = words.rsplit([',', ';', '。']).next().unwrap_or("");
    let clause = last_comparator(clause, setting).map_or(clause, |(_, range)| &clause[range.end..]);
    let clause = setting.lexicon.direction.replace(clause, "");
    let rest = setting.clean(&setting.lexicon.each.replace_all(&clause, ""));
    rest.is_empty() || setting.lexicon.empty_subject.is_match(&rest)
}

/// Where several subjects are named together and each has its number: the first of them. `head` is what is left of the
/// words without those that name the measure.
pub fn first_part(
    words: &str,
    head: &str,
    around: &Around<'_>,
    item: Item,
    carried: &mut Carried,
    setting: &Setting<'_>,
) -> Item {
    if around.run < 2 || !setting.lexicon.each.is_match(words) {
        return item;
    }
    let mut parts = setting.parts_of(&item);
    // 其中甲A万元、乙B万元、丙C万元，分别占..: the last that stated an amount, where the words name nothing else.
    let is_carried = item == carried.subject || item == carried.amount_subject || parts.len() < around.run;
    let first = carried.stated.len().checked_sub(around.run);
    if parts.len() != around.run
        && is_carried
        && (names_nothing(words, setting) || names_nothing(head, setting))
        && let Some(first) = first
    {
        parts = carried.stated[first..].to_vec();
    }
    if parts.len() < 2 {
        return item;
    }
    carried.about(item);
    carried.parts = parts;
    carried.next_part = 1;
    carried.parts[0].clone()
}

impl Setting<'_> {
    /// The subjects that one wording names together.
    fn parts_of(&self, item: &Item) -> Vec<Item> {
        let name = if item.printed.is_empty() { &item.standard } else { &item.printed };
        let names: Vec<String> = match self.lexicon.pair.captures(name) {
            Some(found) => {
                let part = |group: &str| found.name(group).map_or("", |part| part.as_str());
                ["first", "second"].map(|group| format!("{}{}{}", part("lead"), part(group), part("shared"))).to_vec()
            }
            None => name.split(['、', '和', '及']).map(str::to_owned).collect(),
        };
        names
            .iter()
            .filter_map(|name| self.one(name, "", UnitKind::Money, &mut ClassificationPath::default()))
            .collect()
    }
}

/// What later numbers take over from this one. A number inside a reason leaves the subject alone.
pub fn remember(number: &Number, verdict: &Verdict, in_reason: bool, carried: &mut Carried) {
    if !in_reason {
        let is_part = carried.parts.contains(&verdict.item);
        if !is_part && !verdict.item.standard.is_empty() {
            carried.subject = verdict.item.clone();
            if matches!(number.kind, UnitKind::Money | UnitKind::Percent) {
                carried.amount_subject = verdict.item.clone();
            }
        }
        let is_change = verdict.measure.starts_with("change") || verdict.rule == "comparator";
        if number.kind == UnitKind::Money && !is_change {
            if carried.stated.last() != Some(&verdict.item) {
                carried.stated.push(verdict.item.clone());
                let surplus = carried.stated.len().saturating_sub(LONGEST_LIST);
                carried.stated.drain(..surplus);
            }
            carried.main_measure.clone_from(&verdict.measure);
            if carried.whole.is_none() {
                carried.whole = Some(verdict.item.clone());
            }
        }
    }
    carried.last = Some(verdict.clone());
    carried.last_kind = Some(number.kind);
}
