//! Subjects named together, and which number is whose: 收、支总计, 甲和乙分别增加A和B.

use super::carried::Carried;
use super::verdict::{Around, Verdict};
use super::whose::recount;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::path::ClassificationPath;
use crate::extract::narrative::subjects::subject::{Item, Setting};

/// Both of the last two subjects as one, where the words end in 各, 分别 or 均 and name nothing else.
pub fn both_stated(carried: &Carried, words: &str, setting: &Setting<'_>) -> Option<Item> {
    let lexicon = setting.lexicon;
    let each = lexicon.each.find_iter(words).last().filter(|each| each.end() == words.len())?;
    let rest = setting.clean(words[..each.start()].rsplit([',', ';', '。']).next().unwrap_or(""));
    let [.., first, second] = carried.stated.as_slice() else { return None };
    if !(rest.is_empty() || lexicon.empty_subject.is_match(&rest)) {
        return None;
    }
    let name = format!("{}和{}", first.standard, second.standard);
    Some(last_two(carried, setting).unwrap_or_else(|| Item {
        standard: name.clone(),
        printed: name,
        ..Item::default()
    }))
}

/// What the last two subjects are called together, where the dictionary has a name for both.
pub fn last_two(carried: &Carried, setting: &Setting<'_>) -> Option<Item> {
    let [.., first, second] = carried.stated.as_slice() else { return None };
    let name = format!("{}和{}", first.standard, second.standard);
    let known = setting.known(&name, "", &mut ClassificationPath::default())?;
    Some(Item { printed: name, ..known })
}

/// A number that several names share: each has it, or all have it together.
pub fn share(words: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried, made: &mut Verdict) {
    let number = around.number;
    let is_stated = matches!(number.kind, UnitKind::Money | UnitKind::Count) && made.rule != "change";
    if !is_stated || around.run > 1 {
        return;
    }
    let (mut items, is_each) = sharing(words, &number.unit, setting);
    if items.pop_if(|last| last.standard == made.item.standard).is_none() {
        return;
    }
    if is_each {
        carried.sharers = items;
    } else {
        items.push(made.item.clone());
        made.item = joined(&items);
    }
}

/// Names in a row before one number, by whether each of them has it (甲费、乙费均为0元) or all together (甲费、乙费共5万元);
/// empty where the words name no such row of listed names.
fn sharing(words: &str, unit: &str, setting: &Setting<'_>) -> (Vec<Item>, bool) {
    let lexicon = setting.lexicon;
    let each = lexicon.each_alike.find(words);
    let Some(shared) = each.as_ref().or(lexicon.all_together.find(words).as_ref()).map(|found| found.start()) else {
        return (Vec::new(), false);
    };
    let row = words[..shared].rsplit([',', ';', '。', ':']).next().unwrap_or("");
    let known = |name: &str| setting.known_in(name, unit, &mut ClassificationPath::default()).filter(Item::is_listed);
    if known(row).is_some_and(|item| item.standard == setting.clean(row)) {
        return (Vec::new(), false);
    }
    let mut names: Vec<&str> = row.split('、').collect();
    if let Some(last) = names.pop() {
        let both = last.char_indices().filter(|(_, c)| "和及与".contains(*c)).find_map(|(at, joint)| {
            let (first, second) = (&last[..at], &last[at + joint.len_utf8()..]);
            (known(first).is_some() && known(second).is_some()).then_some([first, second])
        });
        match both {
            Some(both) => names.extend(both),
            None => names.push(last),
        }
    }
    let items: Vec<Item> = names.iter().filter_map(|name| known(name)).collect();
    if items.len() == names.len() && items.len() > 1 { (items, each.is_some()) } else { (Vec::new(), false) }
}

/// What several names are called together that no list has one name for.
fn joined(items: &[Item]) -> Item {
    let of = |name: fn(&Item) -> &str| items.iter().map(name).collect::<Vec<_>>().join("、");
    Item { standard: of(|item| &item.standard), printed: of(|item| &item.printed), ..Item::default() }
}

/// The second of two numbers that share what stands before the first.
pub fn pairwise(number: &Number, words: &str, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let (separator, direction) = setting.lexicon.without_direction(words);
    if !setting.lexicon.separators.is_match(separator) || (separator.is_empty() && direction.is_some()) {
        return None;
    }
    let last = carried.last.clone()?;
    if let Some(measure) = carried.second_measure.take() {
        return Some(Verdict { measure, rule: "pair".to_owned(), noun_length: 0, ..last });
    }
    if carried.last_kind != Some(number.kind) {
        return None;
    }
    // 接待52批次403人次，同比分别减少39批次、318人次: the second counts by its own unit.
    if number.kind == UnitKind::Count
        && last.measure.starts_with("change_vs")
        && let Some(item) = recount(&last.item, &number.unit, setting, carried.path.clone())
    {
        return Some(Verdict { item, rule: "pair".to_owned(), noun_length: 0, ..last });
    }
    let part = carried.parts.get(carried.next_part).cloned()?;
    carried.next_part += 1;
    let sign = direction.unwrap_or(last.sign);
    Some(Verdict { item: part, rule: "pair".to_owned(), sign, noun_length: 0, ..last })
}

/// Whether the last clause of the words is only 分别占, 各为 and the like, comparators aside.
pub fn names_nothing(words: &str, setting: &Setting<'_>) -> bool {
    let clause = words.rsplit([',', ';', '。']).next().unwrap_or("");
    let clause = setting.last_comparator(clause).map_or(clause, |(_, range)| &clause[range.end..]);
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
    if around.run < 2 {
        return item;
    }
    if !setting.lexicon.each.is_match(words) {
        // 分别减少A和B,下降x和y: the second run is about the same subjects.
        if carried.parts.len() != around.run || !names_nothing(words, setting) {
            return item;
        }
        carried.next_part = 1;
        return carried.parts[0].clone();
    }
    let mut parts = setting.parts_of(&item, &around.number.unit);
    // 事业收入、经营收入分别减少A和B: the last name may be known alone.
    if parts.len() != around.run {
        parts = setting.names_before_each(words, &around.number.unit);
    }
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
    /// The subjects named in a row before the last 分别.
    fn names_before_each(&self, words: &str, unit: &str) -> Vec<Item> {
        let Some(each) = self.lexicon.each.find_iter(words).last() else { return Vec::new() };
        let named = self.without_comparisons(&words[..each.start()]);
        let clause = named.trim_end_matches(',').rsplit([',', ';', '。', ':']).next().unwrap_or_default();
        self.known_among(clause, unit)
    }

    /// The subjects that one wording names together.
    fn parts_of(&self, item: &Item, unit: &str) -> Vec<Item> {
        let name = if item.printed.is_empty() { &item.standard } else { &item.printed };
        let names: Vec<String> = match self.lexicon.pair.captures(name) {
            Some(found) => {
                let one = |group: &str| found.name(group).map_or("", |part| part.as_str());
                let part = |group: &str| format!("{}{}", one(group), one(&format!("{group}2")));
                ["first", "second"].map(|group| [part("lead"), part(group), part("shared")].concat()).to_vec()
            }
            None => return self.known_among(name, unit),
        };
        names
            .iter()
            .filter_map(|name| self.one(name, unit, UnitKind::Money, &mut ClassificationPath::default()))
            .collect()
    }

    fn known_among(&self, names: &str, unit: &str) -> Vec<Item> {
        let one = |name: &str| self.one(name, unit, UnitKind::Money, &mut ClassificationPath::default());
        names.split(['、', '和', '及']).filter_map(one).collect()
    }
}
