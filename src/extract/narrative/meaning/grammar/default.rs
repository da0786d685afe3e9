//! A number whose measure no wording names.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::basis::whole_beyond;
use crate::extract::narrative::meaning::grammar::measure::default_measure;
use crate::extract::narrative::meaning::verdict::{Around, Verdict};
use crate::extract::narrative::meaning::whose::counted::counted;
use crate::extract::narrative::meaning::whose::named::subject_or_carried;
use crate::extract::narrative::meaning::whose::several::first_part;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::Setting;

/// No wording names the measure: the unit, the list and the section decide.
pub fn by_default(words: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let number = around.number;
    let mut noun_length = 0;
    let is_work_amount = number.kind == UnitKind::Money && Reads::of(setting.section) == Reads::Work;
    let item = if let Some(named) = named_before_bracket(words, around, carried) {
        named
    } else if is_work_amount || matches!(number.kind, UnitKind::Count | UnitKind::Area | UnitKind::Score) {
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
    let basis = match &carried.other_year {
        _ if measure == "share_percent" => whole_beyond(&item, around, carried),
        // 上年支出20万元,其中接待费5万元: both are of the year before.
        Some((of_whole, basis)) if *of_whole == measure => basis.clone(),
        _ => String::new(),
    };
    Verdict { item, measure, basis, sign: 1, is_remnant: false, rule: "default".to_owned(), noun_length }
}

/// 主要为房屋（2,590平方米，400万元）、车辆（1辆，30万元）: an amount in a bracket is of what is named in front of it, not of the
/// subject of the sentence.
fn named_before_bracket(words: &str, around: &Around<'_>, carried: &Carried) -> Option<Item> {
    let is_amount = around.number.kind == UnitKind::Money && !around.in_reason;
    let names_nothing = is_amount && words.trim_matches([',', '、', ' ']).is_empty();
    carried.brackets.last().filter(|_| names_nothing)?.named.clone()
}
