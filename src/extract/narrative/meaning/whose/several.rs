//! Several subjects named together, each with a number of its own: 甲和乙分别增加A和B.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::Around;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

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
    let mut parts = setting.parts_of(&item, &around.number.unit, around.run);
    // 事业收入、经营收入分别减少A和B: the last name may be known alone.
    if parts.len() != around.run {
        parts = setting.names_before_each(words, &around.number.unit, around.run);
    }
    // 甲、乙分别增加A和B，分别增长x和y: the second run is about the same names.
    if parts.len() != around.run && carried.parts.len() == around.run && names_nothing(words, setting) {
        parts.clone_from(&carried.parts);
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
        return unnamed(&item, words, setting).unwrap_or(item);
    }
    carried.about(item);
    carried.parts = parts;
    carried.next_part = 1;
    carried.parts[0].clone()
}

/// 近三年支出分别为A、B: each is of something the words do not name, and what is known of the item would be wrong of most of them: a
/// name of no list. Of years named beside it (2023年、2022年分别为) the item is one.
fn unnamed(item: &Item, words: &str, setting: &Setting<'_>) -> Option<Item> {
    let each = setting.lexicon.each_its_own.find(words)?;
    if setting.lexicon.paired_years.is_match(words) {
        return None;
    }
    let clause = words[..each.start()].rsplit([',', ';', '。', ':']).next().unwrap_or_default();
    let is_in_clause = [&item.standard, &item.printed].iter().any(|name| !name.is_empty() && clause.contains(*name));
    let name = if is_in_clause { clause.to_owned() } else { format!("{}{clause}", item.standard) };
    Some(Item { standard: name.clone(), printed: name, ..Item::default() })
}

/// Whether the last clause of the words is only 分别占, 各为 and the like, comparators aside.
pub fn names_nothing(words: &str, setting: &Setting<'_>) -> bool {
    let clause = words.rsplit([',', ';', '。']).next().unwrap_or("");
    let clause = setting.last_comparator(clause).map_or(clause, |(_, range)| &clause[range.end..]);
    let clause = setting.lexicon.direction.replace(clause, "");
    let rest = setting.clean(&setting.lexicon.each.replace_all(&clause, ""));
    rest.is_empty() || setting.lexicon.empty_subject.is_match(&rest)
}

impl Setting<'_> {
    /// The subjects named in a row before the last 分别.
    fn names_before_each(&self, words: &str, unit: &str, run: usize) -> Vec<Item> {
        let Some(each) = self.lexicon.each.find_iter(words).last() else { return Vec::new() };
        let named = self.without_comparisons(&words[..each.start()]);
        let clause = named.trim_end_matches(',').rsplit([',', ';', '。', ':']).next().unwrap_or_default();
        self.known_among(clause, unit, run)
    }

    /// The subjects that one wording names together.
    fn parts_of(&self, item: &Item, unit: &str, run: usize) -> Vec<Item> {
        let name = if item.printed.is_empty() { &item.standard } else { &item.printed };
        let names: Vec<String> = match self.lexicon.pair.captures(name) {
            Some(found) => {
                let one = |group: &str| found.name(group).map_or("", |part| part.as_str());
                let part = |group: &str| format!("{}{}", one(group), one(&format!("{group}2")));
                ["first", "second"].map(|group| [part("lead"), part(group), part("shared")].concat()).to_vec()
            }
            None => return self.known_among(name, unit, run),
        };
        names
            .iter()
            .filter_map(|name| self.one(name, unit, UnitKind::Money, &mut ClassificationPath::default()))
            .collect()
    }

    /// As many names as numbers follow, where a sign that joins is part of a name only if that is known with it; else the names
    /// between all such signs.
    fn known_among(&self, names: &str, unit: &str, run: usize) -> Vec<Item> {
        let one = |name: &str| self.one(name, unit, UnitKind::Money, &mut ClassificationPath::default());
        let listed = self.names_in_list(names, unit);
        if listed.len() == run {
            return listed.into_iter().filter_map(one).collect();
        }
        names.split(|c| self.lexicon.parts_names(c)).filter_map(one).collect()
    }

    /// The names of a list: 甲、乙和丙, but 社会保障和就业支出.
    pub fn names_in_list<'n>(&self, list: &'n str, unit: &str) -> Vec<&'n str> {
        let known = |name: &str| self.known_in(name, unit, &mut ClassificationPath::default()).filter(Item::is_listed);
        let is_one = |name: &str| self.known(&self.clean(name), unit, &mut ClassificationPath::default()).is_some();
        let mut names = Vec::new();
        for name in list.split('、') {
            let joints = name.char_indices().filter(|(_, c)| self.lexicon.joins.contains(c));
            let mut halves = joints.map(|(at, joint)| (&name[..at], &name[at + joint.len_utf8()..]));
            match halves.find(|(first, second)| known(first).and(known(second)).is_some()).filter(|_| !is_one(name)) {
                Some((first, second)) => names.extend([first, second]),
                None => names.push(name),
            }
        }
        names
    }
}
