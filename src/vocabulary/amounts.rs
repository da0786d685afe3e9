//! What is an amount wherever it stands: no code, year or number of a row.

use super::money::parse_printed;

/// A number with a decimal part or parted thousands and nothing else.
pub fn is_amount(text: &str) -> bool {
    let parted = text.trim().split_once(['.', ',', '．', '，']);
    parted.is_some_and(|(_, rest)| rest.starts_with(char::is_numeric)) && parse_printed(text).is_ok()
}

/// 2024.8, as covers are dated.
pub fn is_month(text: &str) -> bool {
    let (year, month) = text.trim().split_once('.').unwrap_or_default();
    year.len() == 4 && year.starts_with("20") && month.len() <= 2 && month.parse().is_ok_and(|month: u8| month <= 12)
}

/// The amounts in a text, in order; digits that letters stand before are names (V1.0).
pub fn amounts_within(text: &str) -> Vec<&str> {
    let is_of_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || ".,．，".contains(c);
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_of_number) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_of_number(c)).unwrap_or(from.len());
        let number = from[..end].trim_matches(|c| ".,．，".contains(c));
        let is_name = before.ends_with(|c: char| c.is_ascii_alphabetic());
        if !is_name && is_amount(number) && !is_month(number) {
            found.push(number);
        }
        rest = &from[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stand_in_texts() {
        assert_eq!(amounts_within("收入1,234.56万元，支出 12.50，其中：8，9。"), ["1,234.56", "12.50"]);
        assert_eq!(amounts_within("—12— 2024.8 2024.12.31 V1.0 210 第3页"), [] as [&str; 0]);
    }
}
