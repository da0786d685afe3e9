//! Numbers printed without a unit.

use super::number::Number;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::{Setting, YUAN};

/// A number without a unit takes the one of its partner (`4125.49,4143.91万元`), or of the money beside it where its
/// words call for money.
pub fn give_missing_units(text: &str, numbers: &mut [Number], setting: &Setting<'_>) {
    for at in (0..numbers.len()).rev() {
        if numbers[at].kind != UnitKind::None {
            continue;
        }
        let start = if at == 0 {
            text[..numbers[at].whole.start].rfind('。').map_or(0, |p| p + '。'.len_utf8())
        } else {
            numbers[at - 1].whole.end
        };
        let before = &text[start..numbers[at].digits.start];
        let before = before.rsplit([';', '。']).next().unwrap_or(before);
        let next = numbers.get(at + 1).cloned();
        if let Some(next) = next.filter(|next| next.kind != UnitKind::None) {
            let between = &text[numbers[at].whole.end..next.digits.start];
            if setting.lexicon.separators.is_match(between) && !between.is_empty() {
                (numbers[at].unit, numbers[at].kind) = (next.unit, next.kind);
                continue;
            }
        }
        let is_growth = setting.lexicon.direction.is_match(before);
        let follows_money = at > 0 && numbers[at - 1].kind == UnitKind::Money;
        if is_growth && follows_money {
            // 支出335万元,比上年增加53.58: by how much, or by how many percent? Behind a change (增加5万元,增长5.86) it is the rate.
            if setting.last_comparator(before).is_none() {
                (numbers[at].unit, numbers[at].kind) = ("%".to_owned(), UnitKind::Percent);
            }
            continue;
        }
        let wants_money = setting.last_comparator(before).is_some()
            || setting.lexicon.roles.iter().any(|role| {
                role.units.contains(&UnitKind::Money) && role.units.len() == 1 && role.pattern.is_match(before)
            });
        let is_zero = !text[numbers[at].digits.clone()].bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let names_money = || {
            setting
                .known_in(last_name(before, setting), YUAN, &mut ClassificationPath::default())
                .is_some_and(|item| item.is_listed())
        };
        let wants_money = wants_money || (is_zero && names_money());
        // 计划233，现已检查233家: a bare number that ends its clause counts what the next one counts.
        let ends_clause = text[numbers[at].whole.end..].starts_with([',', ';', '、']);
        let next_count = numbers.get(at + 1).filter(|next| matches!(next.kind, UnitKind::Count)).cloned();
        if !wants_money
            && ends_clause
            && !setting.clean(before).is_empty()
            && let Some(next) = next_count
        {
            (numbers[at].unit, numbers[at].kind) = (next.unit, next.kind);
            continue;
        }
        let money =
            numbers[at..].iter().chain(numbers[..at].iter().rev()).find(|number| number.kind == UnitKind::Money);
        match money {
            Some(money) if wants_money => {
                (numbers[at].unit, numbers[at].kind) = (money.unit.clone(), UnitKind::Money);
            }
            // 出国费、接待费均为0: nothing is nothing in any unit.
            None if is_zero && names_money() => {
                (numbers[at].unit, numbers[at].kind) = (YUAN.to_owned(), UnitKind::Money);
            }
            _ => {}
        }
    }
}

/// The last name in the words before a number: 公务用车购置费、因公出国（境）费均为0.
fn last_name<'t>(words: &'t str, setting: &Setting<'_>) -> &'t str {
    words.rsplit(|c| matches!(c, ',' | ':') || setting.lexicon.parts_names(c)).next().unwrap_or(words)
}
