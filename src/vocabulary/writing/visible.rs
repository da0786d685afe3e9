//! Words of others on a terminal: what would move its cursor, colour it or turn its text around is shown, not done.

use std::borrow::Cow;

/// The text with control characters (line ends and tabs excepted) and marks of writing direction written out.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown.into()
}

fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_shown_and_chinese_stays() {
        assert_eq!(visible("\u{1b}]0;x\u{7}决算\u{202e}.xls"), "\\u{1b}]0;x\\u{7}决算\\u{202e}.xls");
        assert_eq!(visible("a\tb\r\n"), "a\tb\\u{d}\n");
        assert!(matches!(visible("收入支出决算总表\n"), Cow::Borrowed(_)));
    }
}
