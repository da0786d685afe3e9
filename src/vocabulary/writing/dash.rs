//! Dashes: a minus before a number, nothing to report in a cell, a mark around a page number.

/// A hyphen, minus or dash of any width and length.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '‐'..='―' | '−' | '─' | '﹣')
}

/// `-`, `——`, `/`, `无`: printed for "nothing to report", which is not zero.
pub fn is_nothing(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| is_dash(c) || matches!(c, '/' | '\\' | '无' | '無'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_dashes_says_nothing() {
        for text in ["-", "——", "－", "─", "/", "无", "−"] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["", "-5", "一", "无此项支出", "0"] {
            assert!(!is_nothing(text), "{text}");
        }
    }
}
