//! Whose a number is: what its words name, else what is carried.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::whose::counted::cost_of_counted;
use crate::extract::narrative::meaning::whose::shared::joined;
use crate::extract::narrative::meaning::whose::sides::other_side;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

pub fn subject_or_carried(head: &str, number: &Number, setting: &Setting<'_>, carried: &mut Carried) -> Item {
    if let Some(whole) = whole_of_parts(head, setting, carried) {
        return whole;
    }
    let named = named(head, number, setting, carried);
    let named = named.or_else(|| {
        let last = setting.without_comparisons(head);
        other_side(&setting.clean(last.trim_end_matches(',').rsplit([',', ';', ':', '。']).next()?), setting, carried)
    });
    match named.or_else(|| cost_of_counted(number, setting, carried)) {
        Some(item) => item,
        // 自评得分98分。全年预算数为..: the project is what has a budget, not its score.
        None if carried.last_kind == Some(UnitKind::Score) && !setting.project.is_empty() => {
            Item { standard: setting.project.to_owned(), printed: setting.project.to_owned(), ..Item::default() }
        }
        // 更新1辆，其中：轿车1辆、金额18万元: a part that was counted has the amount, not the whole.
        None if number.kind == UnitKind::Money && carried.is_in_parts && carried.last_kind == Some(UnitKind::Count) => {
            carried.subject.clone()
        }
        None if number.kind == UnitKind::Money && !carried.amount_subject.standard.is_empty() => {
            carried.amount_subject.clone()
        }
        None => carried.subject.clone(),
    }
}

/// What the words name, unless a label says what they are about and they name nothing listed.
pub fn named(head: &str, number: &Number, setting: &Setting<'_>, carried: &mut Carried) -> Option<Item> {
    let named = setting.named(head, &number.unit, number.kind, &mut carried.path);
    let named = named.map(|item| setting.as_part(item, carried.whole.as_ref(), &mut carried.path));
    let named = named.map(|item| part_of_class(item, carried));
    let is_amount = matches!(number.kind, UnitKind::Money | UnitKind::Percent);
    named.filter(|item| item.is_listed() || !item.path.is_empty() || !is_amount || !carried.is_label())
}

/// 卫生健康支出48万元（其中基本支出40万元、项目支出8万元）: a line of the accounts that a class opens in its sentence is that of
/// the class, not of the department.
fn part_of_class(item: Item, carried: &Carried) -> Item {
    let class = carried.whole.as_ref().filter(|whole| whole.function.is_some());
    let Some(class) = class.filter(|_| carried.is_in_parts && !carried.figures.is_empty() && item.line.is_some())
    else {
        return item;
    };
    let standard = format!("{}{}", class.standard, item.standard);
    Item { standard, printed: item.printed, path: class.path.clone(), ..Item::default() }
}

/// 两项合计14万元: what the section is about, or the whole last opened; of parts of a class (该项支出中，..三项合计) that class.
fn whole_of_parts(head: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let clause = head.rsplit([',', ';', '。', ':']).find(|clause| !clause.is_empty())?;
    // 甲费1万元、乙费2万元等，较上年增长..; 甲费1万元，无乙费支出，比上年下降..
    if carried.is_in_parts && setting.lexicon.list_closed.is_match(clause) {
        return carried.whole.clone();
    }
    if let Some(sum) = sum_of_row(clause, setting, carried) {
        return Some(sum);
    }
    if !setting.lexicon.whole.is_match(clause) {
        return None;
    }
    if let Some(class) = carried.whole.as_ref().filter(|whole| whole.function.is_some()) {
        return Some(class.clone());
    }
    let own = setting.section.map(|section| section.item.as_str()).filter(|own| !own.is_empty());
    let own = own.and_then(|own| setting.known(own, "", &mut ClassificationPath::default()));
    own.or_else(|| carried.whole.clone())
}

/// 人员经费、公用经费分别为90万元、10万元,合计100万元: what the names in a row are called together.
fn sum_of_row(clause: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let is_sum = setting.lexicon.all_together.find(clause).is_some_and(|sum| sum.start() == 0);
    if !is_sum || carried.parts.len() < 2 || carried.next_part < carried.parts.len() {
        return None;
    }
    let row = joined(&carried.parts);
    Some(setting.known(&row.standard, "", &mut ClassificationPath::default()).unwrap_or(row))
}
