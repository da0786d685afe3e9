//! The grammar of a fact: `[subject] [basis] [measure] amount unit [share] [comparison] [direction] Δ [percent]`.
//!
//! Every number is bound to the words before it in its own sentence; what they leave out is carried from before.

use super::carried::{
    Against, Around, Carried, FINAL_ACCOUNT, Outside, Verdict, default_against, last_comparator, other_side, remember,
    subject_or_carried,
};
use super::computed::computed_subject;
use super::measure::{by_default, by_role};
use super::together::{both_stated, first_part, joined, last_two, names_nothing, pairwise, sharing};
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::subject::{Item, Setting};
use crate::vocabulary::parse_printed;

pub fn verdict(number: &Number, around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let words = open_clause(around.before, setting, carried);
    let mut made = pairwise(number, words, setting, carried)
        .or_else(|| change(number, words, around, setting, carried))
        .or_else(|| own_value_of_comparator(number, words, setting, carried))
        .or_else(|| by_role(number, words, around, setting, carried))
        .unwrap_or_else(|| by_default(number, words, around, setting, carried));
    share(number, words, around, setting, carried, &mut made);
    remember(number, &made, around, carried);
    made
}

/// A number that several names share: each has it, or all have it together.
fn share(
    number: &Number,
    words: &str,
    around: &Around<'_>,
    setting: &Setting<'_>,
    carried: &mut Carried,
    made: &mut Verdict,
) {
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

/// The last part of the words, after a semicolon.
pub fn clause_of(words: &str) -> &str {
    words.rsplit([';', '。']).next().unwrap_or(words)
}

/// Brackets, semicolons and 其中 open and close contexts; what remains are the words of this number's own clause.
fn open_clause<'t>(before: &'t str, setting: &Setting<'_>, carried: &mut Carried) -> &'t str {
    let mut words = before;
    let mut open: Vec<usize> = Vec::new();
    let mut clause_start = 0;
    for (at, c) in before.char_indices() {
        match c {
            '(' => open.push(at),
            ')' if open.pop().is_none() => {
                if let Some(outside) = carried.brackets.pop() {
                    carried.about(outside.subject);
                    carried.whole = outside.whole;
                    carried.budgeted = outside.budgeted;
                }
                clause_start = at + 1;
            }
            ';' | '。' => {
                carried.parts.clear();
                carried.budgeted = None;
                // 商品和服务支出包括办公费等；支出..: the amount still belongs to what was enumerated.
                let enumerates = setting.lexicon.enumeration.is_match(&before[clause_start..=at]);
                if !(enumerates && setting.lexicon.empty_subject.is_match(&setting.clean(&before[at + 1..]))) {
                    clause_start = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    if let Some(at) = open.first() {
        carried.brackets.push(Outside {
            subject: carried.subject.clone(),
            budgeted: carried.budgeted.clone(),
            whole: carried.whole.clone(),
        });
        clause_start = clause_start.max(at + 1);
    }
    words = &words[clause_start.min(words.len())..];
    let opens_parts = |at: usize| !setting.lexicon.purpose_clause.is_match(&before[at..]);
    if let Some(found) = setting.lexicon.parts.find_iter(before).last().filter(|found| opens_parts(found.start())) {
        let preceding = &before[..found.start()];
        if let Some(item) = setting.named(preceding, "", UnitKind::Money, &mut carried.path) {
            carried.about(item);
        }
        carried.whole = Some(carried.subject.clone());
        carried.is_in_parts = true;
        carried.budgeted = None;
        carried.list_measure = (!carried.main_measure.is_empty()).then(|| carried.main_measure.clone());
        if let Some(rest) = before.get(found.end().max(clause_start)..) {
            words = rest;
        }
    }
    words
}

/// A number after a word of direction: 比上年增加.., 下降..
fn change(
    number: &Number,
    words: &str,
    around: &Around<'_>,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    let direction = setting.lexicon.direction_at_end(words)?;
    let before = &words[..direction.start];
    // 用事业基金弥补收支差额36万元: the word is the end of a name.
    let clause = words.rsplit([',', ';', '。', '、', ':']).next().unwrap_or("");
    let is_name = setting.known(clause, &number.unit, &mut carried.path.clone()).is_some();
    let named = || setting.known_in(clause, &number.unit, &mut carried.path.clone());
    if is_name || named().is_some_and(|item| item.line.is_some()) {
        return None;
    }
    let comparator = last_comparator(before, setting);
    let is_counted = !matches!(number.kind, UnitKind::Money | UnitKind::Percent | UnitKind::None);
    let is_free = setting.reads() != Reads::Figures && carried.against.is_none();
    // 在职52人，减少3人: a bare direction after a count of the same kind changes that count.
    let follows_alike = carried.last_kind == Some(number.kind) && before.trim_matches([',', '、']).is_empty();
    // 主要是学生人数增加612人: so does one right after the name of what is counted.
    let names_counted = || !setting.clean(before.rsplit([',', ';', '。']).next().unwrap_or("")).is_empty();
    let is_unbound = (is_counted && !follows_alike && !(around.in_reason && names_counted()))
        || (is_free && number.kind == UnitKind::Money);
    if comparator.is_none() && is_unbound {
        return None;
    }
    // 新增了305万元专项资金, in a reason, is what was new, not a change of the subject.
    if comparator.is_none()
        && around.in_reason
        && number.kind == UnitKind::Money
        && setting.noun_after(around.after).is_some()
    {
        return Some(amount_of_noun(around, setting, carried));
    }
    let both;
    let mut side = None;
    let head = match &comparator {
        Some((comparator, range)) => {
            carried.against = Some(Against::to(comparator));
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
        .or_else(|| equal_totals(head, setting, carried))
        .or_else(|| whole_of_balance(head, setting, carried))
        .unwrap_or_else(|| subject_or_carried(head, number, setting, carried));
    let is_percent = number.kind == UnitKind::Percent
        || (number.kind == UnitKind::None && carried.last_kind == Some(UnitKind::Money));
    let item = computed_subject(&item, head, direction.sign, around, setting, carried).unwrap_or(item);
    let item = first_part(words, head, around, item, carried, setting);
    Some(Verdict {
        item,
        measure: if is_percent { "change_percent".to_owned() } else { against.change },
        basis: against.basis,
        sign: direction.sign,
        is_remnant: direction.is_remnant,
        rule: "change".to_owned(),
        noun_length: 0,
    })
}

/// 收入总计402万元，其中年初结转和结余36万元，较上年增加..: what was brought forward is not compared, the total is.
fn whole_of_balance(head: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let names_nothing = setting.clean(head).is_empty();
    let last =
        carried.last.as_ref().filter(|last| names_nothing && carried.is_in_parts && last.measure == "balance")?;
    carried.whole.clone().filter(|whole| *whole != last.item && carried.main_measure_of_whole() == FINAL_ACCOUNT)
}

/// 总收入X，总支出X，较上年增加..: two totals that are equal change together.
fn equal_totals(head: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let [.., first, second] = carried.figures.as_slice() else { return None };
    let names_nothing = setting.clean(head).is_empty();
    let are_alike =
        names_nothing && carried.is_behind_amount && first == second && carried.stated.last() == Some(&carried.subject);
    if are_alike { last_two(carried, setting) } else { None }
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

/// Of several budgets stated before a change that names none, the one the change is computed with.
fn base_that_fits(digits: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Against> {
    let change = parse_printed(digits).ok()?.value;
    let of = |measure: &str| carried.figures.iter().rev().find(|(known, _)| known == measure).map(|(_, value)| *value);
    let account = of(FINAL_ACCOUNT)?;
    let bases = setting.lexicon.comparators.iter().filter(|comparator| !comparator.own.is_empty());
    bases
        .filter(|comparator| of(&comparator.own).is_some_and(|base| (account - base).abs() == change))
        .map(Against::to)
        .next()
}

/// A number right after a comparator is the comparator's own: 比年初预算数90,000元.
fn own_value_of_comparator(
    number: &Number,
    words: &str,
    setting: &Setting<'_>,
    carried: &mut Carried,
) -> Option<Verdict> {
    if number.kind == UnitKind::Percent {
        return None;
    }
    let (comparator, range) = last_comparator(words, setting).filter(|(known, _)| !known.own.is_empty())?;
    let rest = setting.clean(&words[range.end..]);
    if !rest.is_empty() && !setting.lexicon.empty_subject.is_match(&rest) {
        return None;
    }
    let item = subject_or_carried(&words[..range.start], number, setting, carried);
    let basis = comparator.own_basis.clone();
    carried.against = Some(Against::to(comparator));
    Some(Verdict {
        item,
        measure: comparator.own.clone(),
        basis,
        sign: 1,
        is_remnant: false,
        rule: "comparator".to_owned(),
        noun_length: 0,
    })
}
