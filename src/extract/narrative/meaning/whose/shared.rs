//! One number that several names share: 甲费、乙费均为0元, 甲费、乙费共5万元.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::{Around, Verdict};
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

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
    let names = setting.names_in_list(row, unit);
    let items: Vec<Item> = names.iter().filter_map(|name| known(name)).collect();
    if items.len() == names.len() && items.len() > 1 { (items, each.is_some()) } else { (Vec::new(), false) }
}

/// What several names are called together that no list has one name for.
pub fn joined(items: &[Item]) -> Item {
    let of = |name: fn(&Item) -> &str| items.iter().map(name).collect::<Vec<_>>().join("、");
    Item { standard: of(|item| &item.standard), printed: of(|item| &item.printed), ..Item::default() }
}
