//! Changes: which figure changed, by how much of what it is compared with, and which way.

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::changed::{
    both_stated, change_in_reason, equal_totals, is_nothing, whole_of_balance,
};
use crate::extract::narrative::meaning::grammar::computed::{base_that_fits, computed_subject};
use crate::extract::narrative::meaning::verdict::{Against, Around, Verdict, default_against};
use crate::extract::narrative::meaning::whose::counted::recount;
use crate::extract::narrative::meaning::whose::named::subject_or_carried;
use crate::extract::narrative::meaning::whose::several::{first_part, names_nothing};
use crate::extract::narrative::meaning::whose::sides::other_side;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::Setting;

/// A number after a word of direction: 比上年增加.., 下降..
pub fn change(words: &str, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let number = around.number;
    let direction = setting.lexicon.direction_at_end(words)?;
    let before = &words[..direction.start];
    // 用事业基金弥补收支差额36万元: the word is the end of a name.
    let clause = words.rsplit([',', ';', '。', '、', ':']).next().unwrap_or("");
    let is_name = setting.known(clause, &number.unit, &mut carried.path.clone()).is_some();
    let named = || setting.known_in(clause, &number.unit, &mut carried.path.clone());
    if is_name || named().is_some_and(|item| item.line.is_some()) {
        return None;
    }
    let comparator = setting.last_comparator(before);
    if number.kind == UnitKind::None && carried.last_kind == Some(UnitKind::Money) && comparator.is_some() {
        return None;
    }
    let is_counted = !matches!(number.kind, UnitKind::Money | UnitKind::Percent | UnitKind::None);
    let is_free = Reads::of(setting.section) != Reads::Figures && carried.against.is_none();
    // 在职52人，减少3人: a bare direction after a count of the same kind changes that count.
    let follows_alike = carried.last_kind == Some(number.kind) && before.trim_matches([',', '、']).is_empty();
    // 主要是学生人数增加612人: so does one right after the name of what is counted.
    let names_counted = || !setting.clean(before.rsplit([',', ';', '。']).next().unwrap_or("")).is_empty();
    let is_unbound = (is_counted && !follows_alike && !(around.in_reason && names_counted()))
        || (is_free && number.kind == UnitKind::Money);
    if comparator.is_none() && is_unbound {
        return None;
    }
    // 新增了305万元专项资金, in a reason, is what was new, not a change of the subject; nor is what was granted (追加20万元).
    if comparator.is_none() && around.in_reason && number.kind == UnitKind::Money {
        if setting.noun_after(around.after).is_some() {
            return Some(amount_of_noun(around, setting, carried));
        }
        if setting.lexicon.granted.iter().any(|word| words[direction.start..].starts_with(word.as_str())) {
            return None;
        }
    }
    let both;
    let mut side = None;
    let head = match &comparator {
        Some((comparator, range)) => {
            carried.against = Some(Against::of(comparator, &before[range.clone()], setting));
            let tail = &before[range.end..];
            side = setting.lexicon.sides.iter().find(|side| before[range.clone()].contains(side.as_str()));
            let ahead = &before[..range.start];
            // 收支总计比上年各增长6.5%: what is compared is named, and is neither of the last two.
            let stated = [tail, ahead].iter().find_map(|words| both_stated(carried, words, setting));
            both = stated.filter(|_| names_nothing(ahead, setting));
            if setting.clean(tail).is_empty() { &before[..range.start] } else { tail }
        }
        None => {
            both = both_stated(carried, before, setting);
            before
        }
    };
    let fitting = comparator.is_none().then(|| base_that_fits(around.digits, setting, carried)).flatten();
    let against = fitting.or_else(|| carried.against.clone()).unwrap_or_else(|| default_against(setting));
    // 比上年收入增加5%: the comparator names the side it compares.
    let side = side.filter(|_| setting.clean(head).is_empty()).and_then(|side| other_side(side, setting, carried));
    let item = both
        .or(side)
        .or_else(|| change_in_reason(head, around, setting, carried))
        .or_else(|| equal_totals(head, setting, carried))
        .or_else(|| whole_of_balance(head, around.digits, setting, carried))
        .unwrap_or_else(|| subject_or_carried(head, number, setting, carried));
    let is_percent = number.kind == UnitKind::Percent
        || (number.kind == UnitKind::None && carried.last_kind == Some(UnitKind::Money));
    let item = computed_subject(&item, head, direction.sign, around, setting, carried).unwrap_or(item);
    let item = first_part(words, head, around, item, carried, setting);
    let by_unit = || recount(&item, &number.unit, setting, carried.path.clone());
    let item = if number.kind == UnitKind::Count { by_unit().unwrap_or(item) } else { item };
    Some(Verdict {
        item,
        measure: if is_percent { "change_percent".to_owned() } else { against.change },
        basis: against.basis,
        sign: direction.sign,
        // 相差0.00万元 has no direction to tell.
        is_remnant: direction.is_choice || direction.is_unsaid && !is_nothing(around.digits),
        rule: "change".to_owned(),
        noun_length: 0,
    })
}

fn amount_of_noun(around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let noun = setting.noun_after(around.after).unwrap_or_default();
    // The short names of the section are those of its own figures, which a reason does not state.
    let item = setting.known_anywhere(noun, &mut carried.path).unwrap_or_else(|| Item {
        standard: noun.to_owned(),
        printed: noun.to_owned(),
        ..Item::default()
    });
    Verdict {
        item,
        measure: "amount".to_owned(),
        basis: String::new(),
        sign: 1,
        is_remnant: false,
        rule: "reason".to_owned(),
        noun_length: noun.len(),
    }
}

/// 与上年持平: a change of nothing.
pub fn flat_verdict(before: &str, setting: &Setting<'_>, carried: &mut Carried) -> Option<Verdict> {
    let words = before.rsplit([';', '。']).next().unwrap_or(before);
    let compared = setting.last_comparator(words);
    // 得到家长的一致好评: where work is told, and no amount was, nothing is compared.
    if compared.is_none() && carried.last.is_none() && Reads::of(setting.section) != Reads::Figures {
        return None;
    }
    let head = match compared {
        Some((comparator, range)) => {
            carried.against = Some(Against::of(comparator, &words[range.clone()], setting));
            let tail = &words[range.end..];
            if setting.clean(tail).is_empty() { &words[..range.start] } else { tail }
        }
        None => words,
    };
    let named = setting.named(head, "", UnitKind::Money, &mut carried.path);
    // 决算比预算无增减变化，比上年增加1万元: what follows is of what is named here.
    match named.or_else(|| setting.said_to_be_nothing(head)) {
        Some(item) if item.is_listed() => carried.about(item),
        Some(item) => carried.subject = item,
        None => {}
    }
    let against = carried.against.clone().unwrap_or_else(|| default_against(setting));
    if against.change.is_empty() {
        carried.against = None;
        return None;
    }
    Some(Verdict {
        item: carried.subject.clone(),
        measure: against.change,
        basis: against.basis,
        sign: 0,
        is_remnant: false,
        rule: "flat".to_owned(),
        noun_length: 0,
    })
}
