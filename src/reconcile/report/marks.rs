//! Numbers marked in their sentence.

use std::collections::BTreeMap;

/// The numbers of one sentence by the character they start at: how many characters long each is, and its places in the
/// document (line and character).
#[derive(Debug, Default)]
pub struct Numbers(BTreeMap<usize, (usize, Vec<(u32, u32)>)>);

impl Numbers {
    /// One number at one place is kept once; a sentence that a paragraph repeats has its numbers at several places.
    pub fn insert(&mut self, offset: usize, characters: usize, place: (u32, u32)) {
        let (length, places) = self.0.entry(offset).or_default();
        *length = characters.max(*length);
        if !places.contains(&place) {
            places.push(place);
        }
    }
}

/// The sentence with each number between `mark` and `</mark>`, everything escaped.
pub fn marked(
    sentence: &str,
    numbers: &Numbers,
    escaped: impl Fn(&str) -> String,
    mark: impl Fn((u32, u32)) -> String,
) -> String {
    let characters: Vec<char> = sentence.chars().collect();
    let part = |from: usize, to: usize| escaped(&characters[from..to].iter().collect::<String>());
    let mut text = String::new();
    let mut done = 0;
    for (offset, (length, places)) in &numbers.0 {
        let from = (*offset).clamp(done, characters.len());
        let to = (offset + length).clamp(from, characters.len());
        text += &part(done, from);
        text.extend(places.iter().map(|place| mark(*place)));
        text += &part(from, to);
        text += &"</mark>".repeat(places.len());
        done = to;
    }
    text + &part(done, characters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sentence: &str, numbers: &[(usize, usize, u32)]) -> String {
        let mut known = Numbers::default();
        for (offset, characters, start) in numbers {
            known.insert(*offset, *characters, (7, *start));
        }
        marked(sentence, &known, str::to_owned, |(line, start)| format!("<{line}:{start}>"))
    }

    #[test]
    fn each_number_is_marked_where_it_stands() {
        assert_eq!(shown("支出12元，增12元", &[(2, 2, 30)]), "支出<7:30>12</mark>元，增12元");
        assert_eq!(shown("支出12元，增12元", &[(7, 2, 35), (2, 2, 30)]), "支出<7:30>12</mark>元，增<7:35>12</mark>元");
    }

    #[test]
    fn links_to_every_place_arrive() {
        // A paragraph that says one sentence twice.
        assert_eq!(shown("支出12元", &[(2, 2, 2), (2, 2, 9), (2, 2, 2)]), "支出<7:2><7:9>12</mark></mark>元");
        // A number inside another, and one beyond the end.
        assert_eq!(shown("支出12元", &[(2, 3, 2), (3, 1, 3)]), "支出<7:2>12元</mark><7:3></mark>");
        assert_eq!(shown("支出", &[(9, 2, 9)]), "支出<7:9></mark>");
    }
}
