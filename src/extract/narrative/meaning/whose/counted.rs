//! What is counted, and what it cost.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::Around;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

/// The counted thing: named right after the unit (`46家企业`) or before the number (`新增企业1763家`).
pub fn counted(words: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> (Item, usize) {
    let number = around.number;
    let named = setting.named(words, &number.unit, number.kind, &mut carried.path);
    let is_known = named.as_ref().is_some_and(|item| item.line.is_some());
    if !is_known && let Some(noun) = setting.noun_after(around.after) {
        let item = setting.known(noun, &number.unit, &mut carried.path).unwrap_or_else(|| Item {
            standard: noun.to_owned(),
            printed: noun.to_owned(),
            ..Item::default()
        });
        return (item, noun.len());
    }
    let last = words.rsplit([',', ';', '。']).next().unwrap_or_default().trim();
    let by_last_word = |path: &mut ClassificationPath| {
        let known = setting.known(last, &number.unit, path);
        known.or_else(|| setting.known(&setting.clean(last), &number.unit, path))
    };
    let recounted = || recount(&carried.subject, &number.unit, setting, carried.path.clone());
    let item = match named {
        // 陪同人员从严控制,接待36人次: the clause of the number names it, short as its word is.
        Some(item) if !item.is_listed() && !last.is_empty() && setting.lexicon.empty_subject.is_match(last) => {
            recounted().or_else(|| by_last_word(&mut carried.path.clone())).unwrap_or(item)
        }
        // 外事接待费13万元，接待侨团42批次: they visited by what the amount was spent on.
        Some(item) if item.is_open => recounted().unwrap_or(item),
        Some(item) => item,
        // 保有7辆；接待96批次: what is carried is not counted so, what the words name is.
        None => {
            recounted().or_else(|| by_last_word(&mut carried.path.clone())).unwrap_or_else(|| carried.subject.clone())
        }
    };
    (item, 0)
}

/// The carried subject, by the name it has in this unit (公务接待 in 批次, in 人次).
pub fn recount(subject: &Item, unit: &str, setting: &Setting<'_>, mut path: ClassificationPath) -> Option<Item> {
    let names = [&subject.printed, &subject.standard];
    names.into_iter().find_map(|name| {
        setting.known(name, unit, &mut path).filter(|item| !item.is_open && item.standard != subject.standard)
    })
}

/// Money right after a count is what was counted cost: 国内公务接待10批次,90人次,共计支出5万元.
pub fn cost_of_counted(number: &Number, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    if number.kind != UnitKind::Money || carried.last_kind != Some(UnitKind::Count) {
        return None;
    }
    let counted = &carried.last.as_ref()?.item;
    let named = [&counted.printed, &counted.standard];
    let known = named.iter().find_map(|name| setting.known(name, &number.unit, &mut ClassificationPath::default()));
    known.filter(|item| item.line.is_some() && item.line != counted.line)
}
