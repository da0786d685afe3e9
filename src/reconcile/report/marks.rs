//! Numbers marked in their sentence. A sentence does not know where in its lines it stands: the numbers tell.

use std::collections::BTreeMap;

/// Numbers as printed, by their line and the character of it they start at.
pub type Numbers = BTreeMap<(u32, u32), String>;

/// The sentence with each number between `mark` and `</mark>`, everything escaped. A number whose place in the sentence
/// cannot be told gets its mark in front of the sentence, so that links to it arrive.
pub fn marked(
    sentence: &str,
    numbers: &Numbers,
    escaped: impl Fn(&str) -> String,
    mark: impl Fn((u32, u32)) -> String,
) -> String {
    let characters: Vec<char> = sentence.chars().collect();
    let mut placed: BTreeMap<usize, (usize, (u32, u32))> = BTreeMap::new();
    let mut text = String::new();
    for (at, printed) in numbers {
        let by_line = beginning(&characters, numbers, at.0)
            .and_then(|begins| usize::try_from(i64::from(at.1) - begins).ok())
            .filter(|from| stands_at(&characters, printed, *from));
        match by_line.or_else(|| only_place(&characters, printed)).filter(|from| !placed.contains_key(from)) {
            Some(from) => {
                placed.insert(from, (from + printed.chars().count(), *at));
            }
            None => text += &format!("{}</mark>", mark(*at)),
        }
    }
    let part = |from: usize, to: usize| escaped(&characters[from..to].iter().collect::<String>());
    let mut done = 0;
    for (from, (to, at)) in placed.into_iter().filter(|(from, (to, _))| from < to) {
        text += &part(done.min(from), from);
        text += &format!("{}{}</mark>", mark(at), part(from, to));
        done = to;
    }
    text + &part(done, characters.len())
}

/// The one character of this line at which the sentence can begin so that most numbers of the line stand in their places;
/// below zero where it began on an earlier line.
fn beginning(characters: &[char], numbers: &Numbers, line: u32) -> Option<i64> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    for ((_, start), printed) in numbers.iter().filter(|((found, _), _)| *found == line) {
        for at in (0..characters.len()).filter(|at| stands_at(characters, printed, *at)) {
            *votes.entry(i64::from(*start) - i64::try_from(at).unwrap_or(i64::MAX)).or_default() += 1;
        }
    }
    let only_best = |votes: Vec<(i64, usize)>| {
        let most = votes.iter().map(|(_, count)| *count).max()?;
        let mut best = votes.into_iter().filter(|(_, count)| *count == most);
        let first = best.next().map(|(begins, _)| begins);
        if best.next().is_some() { None } else { first }
    };
    let (later, earlier): (Vec<_>, Vec<_>) = votes.into_iter().partition(|(begins, _)| *begins >= 0);
    if later.is_empty() { only_best(earlier) } else { only_best(later) }
}

/// Where a number stands that is printed once: spacing that was taken out of a line moves it.
fn only_place(characters: &[char], printed: &str) -> Option<usize> {
    let mut places = (0..characters.len()).filter(|at| stands_at(characters, printed, *at));
    let first = places.next();
    if places.next().is_some() { None } else { first }
}

/// A whole number, not a part of a longer one.
fn stands_at(characters: &[char], printed: &str, at: usize) -> bool {
    let length = printed.chars().count();
    let is_part = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    length > 0
        && characters.len() >= at + length
        && printed.chars().eq(characters[at..at + length].iter().copied())
        && !(at > 0 && is_part(characters.get(at - 1)))
        && !is_part(characters.get(at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sentence: &str, numbers: &[(u32, &str)]) -> String {
        let numbers = numbers.iter().map(|(start, printed)| ((7, *start), (*printed).to_owned())).collect();
        marked(sentence, &numbers, str::to_owned, |(line, start)| format!("<{line}:{start}>"))
    }

    #[test]
    fn a_sentence_finds_its_place_in_the_line_by_its_numbers() {
        assert_eq!(shown("支出12元，增12元", &[(30, "12"), (35, "12")]), "支出<7:30>12</mark>元，增<7:35>12</mark>元");
        assert_eq!(shown("支出12元", &[(2, "12")]), "支出<7:2>12</mark>元");
        assert_eq!(shown("其中112元和12元", &[(7, "12")]), "其中112元和<7:7>12</mark>元");
        // It began on the line before.
        assert_eq!(shown("机关运行经费支出12元", &[(0, "12")]), "机关运行经费支出<7:0>12</mark>元");
    }

    #[test]
    fn what_cannot_be_told_is_not_marked_somewhere() {
        // One number twice in a sentence that may begin in two places of its line.
        assert_eq!(shown("支出12元，增12元", &[(30, "12")]), "<7:30></mark>支出12元，增12元");
        assert_eq!(shown("支出无", &[(3, "12")]), "<7:3></mark>支出无");
    }
}
