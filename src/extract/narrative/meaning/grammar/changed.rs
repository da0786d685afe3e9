//! What changed, where the words before the change leave it open: both totals, the whole of a balance.

use crate::extract::narrative::claim::FINAL_ACCOUNT;
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::verdict::Around;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

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

/// Whether a printed number is zero.
pub fn is_nothing(digits: &str) -> bool {
    !digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// 收入总计402万元，其中年初结转和结余36万元，较上年增加..: what was brought forward is not compared, the total is; of
/// nothing (年初结转和结余0万元，较上年增加0万元) what was brought forward is.
pub fn whole_of_balance(head: &str, digits: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    if is_nothing(digits) && carried.figures.last().is_some_and(|(_, value)| value.is_zero()) {
        return None;
    }
    let names_nothing = setting.clean(head).is_empty();
    let last =
        carried.last.as_ref().filter(|last| names_nothing && carried.is_in_parts && last.measure == "balance")?;
    // 收入400万元(其中：上年结转90万元)，较上年下降..: behind the bracket words are about what stands before it.
    if carried.subject != last.item {
        return None;
    }
    carried.whole.clone().filter(|whole| *whole != last.item && carried.main_measure_of_whole() == FINAL_ACCOUNT)
}

/// 主要是事业收入减少20万元，下降6.7%: inside a reason a percent is of the change it follows.
pub fn change_in_reason(head: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let follows = around.in_reason && carried.is_last_in_reason && around.number.kind == UnitKind::Percent;
    let last = carried.last.as_ref().filter(|last| follows && last.measure.starts_with("change_vs"))?;
    setting.clean(head).is_empty().then(|| last.item.clone())
}

/// 总收入X，总支出X，较上年增加..: two totals that are equal change together.
pub fn equal_totals(head: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let [.., first, second] = carried.figures.as_slice() else { return None };
    let names_nothing = setting.clean(head).is_empty();
    let are_alike =
        names_nothing && carried.is_behind_amount && first == second && carried.stated.last() == Some(&carried.subject);
    if are_alike { last_two(carried, setting) } else { None }
}
