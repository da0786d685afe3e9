//! An English sentence in which what the document prints stands in quotes, and its money in words.

use crate::vocabulary::Unit;

/// The sentence with every word in Chinese in quotes; places (`3 支出决算表!C7`, a file's path) stay as they are.
pub fn document_words(english: &str) -> String {
    if english.is_ascii() {
        return english.to_owned();
    }
    let mut quoted = String::with_capacity(english.len() + 16);
    let (mut depth, mut is_open) = (0_usize, false);
    for word in english.split_inclusive(' ') {
        let was_within = depth > 0 || is_open;
        depth = (depth + word.matches('“').count()).saturating_sub(word.matches('”').count());
        is_open ^= word.matches(['"', '`']).count() % 2 == 1;
        let is_whole = depth == 0 && !was_within && !word.contains(['"', '`']);
        if is_whole && word.contains('“') && !is_one_quote(word) {
            // “三公”经费: the quotes are the name's own.
            push(&mut quoted, &word.replace('“', "‘").replace('”', "’"));
        } else if is_whole && !word.contains('“') && !is_place(word.trim_end()) {
            push(&mut quoted, word);
        } else {
            quoted.push_str(word);
        }
    }
    quoted
}

/// “合计”, with marks of the sentence around it.
fn is_one_quote(word: &str) -> bool {
    let outside = word.split_once('“').and_then(|(before, rest)| Some((before, rest.rsplit_once('”')?.1)));
    outside.is_none_or(|(before, after)| !before.contains(is_chinese) && !after.contains(is_chinese))
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// `收入支出决算总表!F15`, `某局/2023/决算.xlsx`
fn is_place(word: &str) -> bool {
    let is_file = |word: &str| {
        let extension = word.rsplit_once('.').map(|(_, extension)| extension.trim_end_matches([')', ',', ';', ':']));
        extension
            .is_some_and(|extension| extension.starts_with(|c: char| c.is_ascii_alphabetic()) && extension.is_ascii())
    };
    word.contains('!') || is_file(word)
}

fn push(quoted: &mut String, word: &str) {
    let core = word.trim_start_matches(['(', '[', '+', '-']).trim_end_matches([' ', ')', ']', ':', ';', ',', '.']);
    if !core.contains(is_chinese) {
        return quoted.push_str(word);
    }
    let at = word.len() - word.trim_start_matches(['(', '[', '+', '-']).len();
    quoted.push_str(&word[..at]);
    match amount(core) {
        Some(amount) => quoted.push_str(&amount),
        None => quoted.extend(["“", core, "”"]),
    }
    quoted.push_str(&word[at + core.len()..]);
}

/// `74815.73元` as `74815.73 yuan`.
fn amount(word: &str) -> Option<String> {
    let end = word.find(is_chinese)?;
    let (number, unit) = word.split_at(end);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    let factor = Unit::from_printed(unit).yuan_factor().filter(|_| is_number)?;
    Some(if factor == 1.into() { format!("{number} yuan") } else { format!("{number} × {factor} yuan") })
}

#[cfg(test)]
mod tests {
    use super::document_words;

    #[test]
    fn what_the_document_prints_stands_in_quotes() {
        for (said, quoted) in [
            ("row total (208 社会保障和就业支出): 1 ≠ 2", "row total (208 “社会保障和就业支出”): 1 ≠ 2"),
            (
                "if 4.65万元 in 某局/2023/决算.xlsx GK01 总表!D26 were 5元",
                "if 4.65 × 10000 yuan in 某局/2023/决算.xlsx GK01 总表!D26 were 5 yuan",
            ),
            ("“合计” is 12, \"支总计元,\" has no number", "“合计” is 12, \"支总计元,\" has no number"),
            ("-办公费, 公务接待费 and nothing else", "-“办公费”, “公务接待费” and nothing else"),
            ("base (“三公”经费): 1 ≠ 2", "base (“‘三公’经费”): 1 ≠ 2"),
            ("a sentence of its own", "a sentence of its own"),
        ] {
            assert_eq!(document_words(said), quoted);
        }
    }
}
