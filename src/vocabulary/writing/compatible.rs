//! Compatibility forms (NFKC): full-width letters, digits and signs become half-width ones.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text in the form NFKC. Texts of Han characters, ASCII and full-width signs, which is almost all, are not sent
/// through the tables of Unicode.
pub fn compatible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    for letter in text.chars() {
        match compatible_letter(letter) {
            Some(same) => made.push(same),
            None => return Cow::Owned(text.nfkc().collect()),
        }
    }
    Cow::Owned(made)
}

/// What NFKC makes of a letter that is the same whatever stands beside it; `None` for others.
fn compatible_letter(letter: char) -> Option<char> {
    match letter {
        '\0'..='\u{7f}' | '\u{4e00}'..='\u{9fff}' => Some(letter),
        '、' | '。' | '《' | '》' | '“' | '”' | '‘' | '’' | '—' => Some(letter),
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_taken_one_by_one_are_what_nfkc_makes_of_them() {
        for letter in ('\0'..=char::MAX).filter(|letter| compatible_letter(*letter).is_some()) {
            let made: String = std::iter::once(letter).nfkc().collect();
            assert_eq!(compatible_letter(letter).map(String::from), Some(made), "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn the_form_is_nfkc(text in "[\\PC\u{300}-\u{30f}（），１Ａ万元０-９ 　]{0,30}") {
            prop_assert_eq!(compatible(&text), text.nfkc().collect::<String>());
        }
    }
}
