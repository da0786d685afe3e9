//! Rows one below the other, a line for each column: nothing has to give way on a narrow screen.

use unicode_width::UnicodeWidthStr;

use super::table::{Screen, cut};
use crate::words::Words;

/// Between a column's name and its value.
const GAP: &str = " │ ";

pub fn print_expanded(headers: &[String], rows: &[Vec<String>], screen: &Screen, words: &Words) -> String {
    let widest = headers.iter().map(|header| header.width()).max().unwrap_or(0);
    let room = screen.width().map_or(usize::MAX, |width| width.saturating_sub(widest + GAP.width()).max(widest));
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        text += &format!("── {} ──\n", words.say(&format!("row {} of {}", number + 1, rows.len())));
        for (header, value) in headers.iter().zip(row) {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let padding = " ".repeat(widest - header.width());
            text += &format!("{padding}{header}{GAP}{}\n", cut(&value, room));
        }
    }
    if rows.is_empty() {
        text += &format!("{}\n", words.say("0 rows"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_stands_beside_its_column() {
        let headers = ["部门", "amount_yuan"].map(str::to_owned);
        let rows = vec![["示例局", "123456789.00"].map(str::to_owned).to_vec()];
        let text = print_expanded(&headers, &rows, &Screen::endless(), &Words::default());
        assert_eq!(text, "── row 1 of 1 ──\n       部门 │ 示例局\namount_yuan │ 123456789.00\n");
    }
}
