//! One side of a total: 收入 or 支出 alone.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

/// 收入 or 支出 alone, beside a subject of the other side or of both: 财政拨款收入80万元；支出75万元.
pub fn other_side(word: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    // 国有土地使用权出让收入安排的支出（款）..，支出决算为X: a name of the classification has no other side.
    if carried.is_of_class() {
        return None;
    }
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
