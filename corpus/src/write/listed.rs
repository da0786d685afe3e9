//! Numbers that a word processor gives to headings and rows by itself, instead of typed ones.

/// How a level of the list of headings is numbered: its name in .docx, its code in .doc, and what stands around the number.
#[derive(Debug, Clone, Copy)]
pub struct ListLevel {
    pub name: &'static str,
    pub code: u8,
    pub before: &'static str,
    pub after: &'static str,
}

/// 第一部分, 一、, （一）, 1., （1）, ①
pub const HEADINGS: [ListLevel; 6] = [
    ListLevel { name: "chineseCountingThousand", code: 39, before: "第", after: "部分" },
    ListLevel { name: "chineseCountingThousand", code: 39, before: "", after: "、" },
    ListLevel { name: "chineseCounting", code: 37, before: "（", after: "）" },
    ListLevel { name: "decimal", code: 0, before: "", after: "." },
    ListLevel { name: "decimal", code: 0, before: "（", after: "）" },
    ListLevel { name: "decimalEnclosedCircleChinese", code: 28, before: "", after: "" },
];
/// The numbers of rows.
pub const ROWS: ListLevel = ListLevel { name: "decimal", code: 0, before: "", after: "" };
const ROW_NUMBERS: &str = "序号";

/// A paragraph whose number the list gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'t> {
    pub level: usize,
    pub number: u32,
    pub text: &'t str,
}

impl ListLevel {
    pub fn written(self, number: u32) -> String {
        let shown = match self.code {
            0 => number.to_string(),
            28 => char::from_u32('①' as u32 + number - 1).map(String::from).unwrap_or_default(),
            _ => numeral(number),
        };
        format!("{}{shown}{}", self.before, self.after)
    }
}

/// 1 to 99
fn numeral(number: u32) -> String {
    let digit = |at: u32| "一二三四五六七八九".chars().nth(at as usize - 1).map(String::from).unwrap_or_default();
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", digit(tens)),
    };
    if number.is_multiple_of(10) { tens } else { format!("{tens}{}", digit(number % 10)) }
}

/// Goes through paragraphs, and finds those whose typed number is what the list would count.
#[derive(Debug, Clone, Default)]
pub struct Headings([u32; HEADINGS.len()]);

impl Headings {
    pub fn next<'t>(&mut self, text: &'t str) -> Option<Listed<'t>> {
        for (level, form) in HEADINGS.iter().enumerate() {
            let number = self.0[level] + 1;
            let Some(rest) = text.strip_prefix(form.written(number).as_str()).filter(|_| number < 20) else { continue };
            // What would be one number with the digits behind it is typed.
            if rest.trim().is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            self.0[level] = number;
            self.0[level + 1..].fill(0);
            return Some(Listed { level, number, text: rest.trim_start() });
        }
        None
    }
}

/// Whether the first cell of a row holds nothing but its number, counted from the row below 序号 on.
pub fn is_row_number(rows: &[Vec<String>], row: usize) -> bool {
    let head = rows.iter().position(|row| row.first().is_some_and(|cell| cell == ROW_NUMBERS));
    let number = head.and_then(|head| row.checked_sub(head)).filter(|number| *number > 0);
    number.is_some_and(|number| (1..=number).all(|at| rows[row + at - number].first() == Some(&at.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_that_a_list_would_count_are_found() {
        let mut headings = Headings::default();
        let texts = [
            "概述",
            "一、收入",
            "（一）本年",
            "（二）上年",
            "二、支出",
            "（一）本年",
            "（三）其他",
            "1.5万元",
            "1.货物",
            "十、其他",
        ];
        let levels: Vec<Option<usize>> = texts.iter().map(|text| Some(headings.next(text)?.level)).collect();
        assert_eq!(levels, [None, Some(1), Some(2), Some(2), Some(1), Some(2), None, None, Some(3), None]);
        assert_eq!((HEADINGS[0].written(12), HEADINGS[5].written(3)), ("第十二部分".to_owned(), "③".to_owned()));
    }

    #[test]
    fn rows_are_numbered_below_their_header() {
        let rows = |firsts: &[&str]| firsts.iter().map(|first| vec![(*first).to_owned()]).collect::<Vec<_>>();
        let is_numbered =
            |firsts: &[&str]| (0..firsts.len()).map(|row| is_row_number(&rows(firsts), row)).collect::<Vec<_>>();
        assert_eq!(is_numbered(&["表", "序号", "1", "2"]), [false, false, true, true]);
        assert_eq!(is_numbered(&["序号", "1", "合计", "3"]), [false, true, false, false]);
        assert_eq!(is_numbered(&["编码", "1"]), [false, false]);
    }
}
