//! Damage to exactly one figure of a consistent disclosure, for measuring what reconciliation detects.

use serde::Serialize;

use crate::amount::decimal;
use crate::disclosure::corpus::Disclosure;
use crate::random::Chance;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// One digit before the decimal point is another.
    Digit,
    /// Two neighbouring digits are swapped.
    Transposition,
    /// Ten thousand times too much or too little, as if the unit had been mistaken.
    Unit,
    /// In tables a minus before the number; in texts 增加 for 减少.
    Sign,
    /// The number of another cell or sentence.
    Copy,
    /// The cell is blank; the number is missing from the sentence.
    Omission,
}

impl Damage {
    pub const ALL: [Damage; 6] =
        [Damage::Digit, Damage::Transposition, Damage::Unit, Damage::Sign, Damage::Copy, Damage::Omission];
}

/// What was done, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mutation {
    pub damage: Damage,
    /// Folder of the disclosure.
    pub folder: String,
    /// table or text
    pub part: &'static str,
    /// Report table, or section of the text.
    pub scope: String,
    /// Row label or item.
    pub item: String,
    /// Column path, or measure.
    pub measure: String,
    /// Sheet and cell, or line.
    pub place: String,
    pub before: String,
    pub after: String,
}

/// Damages one table cell; the rendered truth then tells what is printed. `None` where nothing suits (all zeros).
pub fn damage_table(disclosure: &mut Disclosure, damage: Damage, chance: &mut Chance) -> Option<Mutation> {
    let rendered = &mut disclosure.rendered;
    let large: Vec<usize> = (0..rendered.truth.len()).filter(|at| is_large(&rendered.truth[*at].value)).collect();
    for _ in 0..50 {
        let index = *some(&large, chance)?;
        let truth = rendered.truth[index].clone();
        let after = match damage {
            Damage::Omission => String::new(),
            Damage::Copy => {
                let same_table: Vec<&String> = large
                    .iter()
                    .map(|other| &rendered.truth[*other])
                    .filter(|other| other.table == truth.table && other.value != truth.value)
                    .map(|other| &other.value)
                    .collect();
                let Some(other) = some(&same_table, chance) else { continue };
                (*other).clone()
            }
            other => match altered(&truth.value, other, chance) {
                Some(after) => after,
                None => continue,
            },
        };
        if damage == Damage::Omission {
            rendered.blank(index);
        } else {
            rendered.reprint(index, &after);
        }
        return Some(Mutation {
            damage,
            folder: disclosure.folder(),
            part: "table",
            scope: truth.table,
            item: truth.row_label,
            measure: truth.column_path,
            place: format!("{}!{}", truth.sheet, truth.cell),
            before: truth.value,
            after,
        });
    }
    None
}

/// Damages one amount in the text.
pub fn damage_text(disclosure: &mut Disclosure, damage: Damage, chance: &mut Chance) -> Option<Mutation> {
    let claims = disclosure.claims();
    let narrative = &mut disclosure.narrative;
    let is_change = |measure: &str| measure.starts_with("change_vs");
    let amounts: Vec<usize> = (0..claims.len())
        .filter(|at| {
            let claim = &claims[*at];
            claim.kind == "figure"
                && claim.unit.ends_with('元')
                && is_large(&claim.value)
                && (damage != Damage::Sign || is_change(&claim.measure))
        })
        .collect();
    for _ in 0..50 {
        let index = *some(&amounts, chance)?;
        let claim = claims[index].clone();
        let plain = claim.value.trim_start_matches('-').to_owned();
        let sign = if claim.value.starts_with('-') { "-" } else { "" };
        let after = match damage {
            Damage::Sign => {
                let (word, other) = if sign.is_empty() { ("增加", "减少") } else { ("减少", "增加") };
                if !narrative.reword_before(index, word, other) {
                    continue;
                }
                let flipped = if sign.is_empty() { format!("-{plain}") } else { plain.clone() };
                narrative.revalue(index, &flipped);
                flipped
            }
            Damage::Omission => {
                narrative.reprint(index, "", "");
                narrative.forget(index);
                String::new()
            }
            _ => {
                let after = if damage == Damage::Copy {
                    let others: Vec<&str> = amounts
                        .iter()
                        .map(|other| claims[*other].value.trim_start_matches('-'))
                        .filter(|other| *other != plain)
                        .collect();
                    some(&others, chance)?.to_string()
                } else {
                    match altered(&plain, damage, chance) {
                        Some(after) => after,
                        None => continue,
                    }
                };
                narrative.reprint(index, &after, &format!("{sign}{after}"));
                format!("{sign}{after}")
            }
        };
        return Some(Mutation {
            damage,
            folder: disclosure.folder(),
            part: "text",
            scope: claim.section,
            item: claim.item,
            measure: claim.measure,
            place: format!("line {} character {}", claim.line_no, claim.char_start),
            before: claim.value,
            after,
        });
    }
    None
}

/// At least three digits before the point: damage to smaller ones could pass for rounding.
fn is_large(value: &str) -> bool {
    let whole = value.trim_start_matches('-').split('.').next().unwrap_or_default();
    whole.len() >= 3 && whole.chars().all(|c| c.is_ascii_digit())
}

fn some<'v, T>(options: &'v [T], chance: &mut Chance) -> Option<&'v T> {
    if options.is_empty() { None } else { Some(chance.pick(options)) }
}

fn altered(value: &str, damage: Damage, chance: &mut Chance) -> Option<String> {
    match damage {
        Damage::Digit => {
            let mut characters: Vec<char> = value.chars().collect();
            let whole = value.find('.').unwrap_or(value.len());
            let first = usize::from(value.starts_with('-'));
            let place = chance.between(first as i64, whole as i64 - 1) as usize;
            let old = characters[place].to_digit(10)?;
            // A leading zero would shorten the number.
            let lowest = if place == first { 1 } else { 0 };
            let new = (0..50).map(|_| chance.between(lowest, 9) as u32).find(|digit| *digit != old)?;
            characters[place] = char::from_digit(new, 10)?;
            Some(characters.into_iter().collect())
        }
        Damage::Transposition => swap_digits(value),
        Damage::Unit => {
            let scaled: i64 = value.replace('.', "").parse().ok()?;
            let moved =
                if scaled.unsigned_abs() >= 1_000_000_000 { scaled / 10_000 } else { scaled.checked_mul(10_000)? };
            Some(decimal(moved, 2))
        }
        Damage::Sign => Some(value.strip_prefix('-').map_or_else(|| format!("-{value}"), str::to_owned)),
        Damage::Copy | Damage::Omission => None,
    }
}

/// The number with two neighbouring different digits of its whole part swapped, as typists do; `None` where no such
/// pair exists. The first digit is kept, so that the size stays plausible.
pub fn swap_digits(value: &str) -> Option<String> {
    let mut characters: Vec<char> = value.chars().collect();
    let whole = characters.iter().position(|c| *c == '.').unwrap_or(characters.len());
    let start = characters.iter().position(char::is_ascii_digit)? + 1;
    let place = (start..whole.saturating_sub(1)).find(|index| characters[*index] != characters[index + 1])?;
    characters.swap(place, place + 1);
    Some(characters.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::corpus::department;

    #[test]
    fn two_digits_are_swapped() {
        assert_eq!(swap_digits("93640.00").as_deref(), Some("96340.00"));
        assert_eq!(swap_digits("1155.10").as_deref(), Some("1515.10"));
        assert_eq!(swap_digits("11.10"), None);
    }

    #[test]
    fn exactly_one_figure_is_damaged() {
        for (index, damage) in Damage::ALL.into_iter().cycle().take(60).enumerate() {
            let mut chance = Chance::new(index as u64);
            let whole = department(9, index, false).swap_remove(0);
            let mut table = whole.clone();
            let done = damage_table(&mut table, damage, &mut chance).unwrap();
            assert_ne!(done.before, done.after);
            let before: Vec<_> = whole.rendered.truth.iter().map(|row| (&row.sheet, &row.cell, &row.value)).collect();
            let after: Vec<_> = table.rendered.truth.iter().map(|row| (&row.sheet, &row.cell, &row.value)).collect();
            let same = after.iter().filter(|row| before.contains(row)).count();
            assert_eq!(before.len() - same, 1, "{damage:?}");
            let mut text = whole.clone();
            let Some(done) = damage_text(&mut text, damage, &mut chance) else {
                assert_eq!(damage, Damage::Sign, "only changes have a sign, and small ones are left alone");
                continue;
            };
            assert_ne!(done.before, done.after, "{damage:?}");
            let (old, new) = (whole.narrative.document.lines(), text.narrative.document.lines());
            assert_eq!(old.iter().zip(&new).filter(|(a, b)| a != b).count(), 1, "{damage:?}");
            for claim in text.claims() {
                let block = text.narrative.document.lines();
                if text.text.is_some() {
                    let line: Vec<char> = block[claim.line_no - 1].chars().collect();
                    let printed: String = line[claim.char_start..claim.char_end].iter().collect();
                    assert_eq!(printed, claim.printed, "{damage:?}");
                }
            }
        }
    }
}
