//! Whose a number is: what its words name, else what is carried, else what was counted.

use super::carried::Carried;
use super::verdict::Around;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::path::ClassificationPath;
use crate::extract::narrative::subjects::subject::{Item, Setting};

/// What the words name, unless a label says what they are about and they name nothing listed.
pub fn named(head: &str, number: &Number, setting: &Setting<'_>, carried: &mut Carried) -> Option<Item> {
    let named = setting.named(head, &number.unit, number.kind, &mut carried.path);
    let named = named.map(|item| as_part(item, setting, carried));
    let is_amount = matches!(number.kind, UnitKind::Money | UnitKind::Percent);
    named.filter(|item| item.is_listed() || !is_amount || !carried.is_label())
}

/// 总收入8万元，其中财政拨款7万元: a part goes by the short names of its whole's section; names of the classifications are whole.
fn as_part(item: Item, setting: &Setting<'_>, carried: &mut Carried) -> Item {
    let whole = carried.whole.as_ref().filter(|_| item.function.is_none() && item.economic.is_none());
    let known = whole.and_then(|whole| setting.known_as_part(&item.standard, whole, &mut carried.path));
    known.unwrap_or(item)
}

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

/// 两项合计14万元: what the section is about, or the whole last opened.
fn whole_of_parts(head: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let clause = head.rsplit([',', ';', '。', ':']).find(|clause| !clause.is_empty())?;
    // 甲费1万元、乙费2万元等，较上年增长..; 甲费1万元，无乙费支出，比上年下降..
    if carried.is_in_parts && setting.lexicon.list_closed.is_match(clause) {
        return carried.whole.clone();
    }
    if !setting.lexicon.whole.is_match(clause) {
        return None;
    }
    let own = setting.section.map(|section| section.item.as_str()).filter(|own| !own.is_empty());
    let own = own.and_then(|own| setting.known(own, "", &mut ClassificationPath::default()));
    own.or_else(|| carried.whole.clone())
}

/// 收入 or 支出 alone, beside a subject of the other side or of both: 财政拨款收入80万元；支出75万元.
pub fn other_side(word: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let [income, expenditure] = &setting.lexicon.sides;
    let other = if word == income {
        expenditure
    } else if word == expenditure {
        income
    } else {
        return None;
    };
    let known = |name: &str| setting.known(name, "", &mut ClassificationPath::default());
    let beside = &carried.subject.standard;
    match (beside.contains(word), beside.contains(other.as_str())) {
        (false, true) => known(&beside.replace(other.as_str(), word)).or_else(|| known(word)),
        // Of a total just stated (收支总计) the part; of one that only the heading names, the year's own.
        (true, true) if carried.stated.last() == Some(&carried.subject) => known(&beside.replace(other.as_str(), "")),
        (true, true) => known(word),
        _ if beside.is_empty() => known(word),
        // What is spent on something is its 支出; nothing has an income of its own.
        (false, false) if word == income => known(word),
        _ => None,
    }
}

/// Money right after a count is what was counted cost: 国内公务接待10批次,90人次,共计支出5万元.
fn cost_of_counted(number: &Number, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    if number.kind != UnitKind::Money || carried.last_kind != Some(UnitKind::Count) {
        return None;
    }
    let counted = &carried.last.as_ref()?.item;
    let named = [&counted.printed, &counted.standard];
    let known = named.iter().find_map(|name| setting.known(name, &number.unit, &mut ClassificationPath::default()));
    known.filter(|item| item.line.is_some() && item.line != counted.line)
}

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
