//! The numbers that open chapters, headings, rows and entries of lists: 第三部分, 一、, （二）, 3., (4), ⑤.

use super::numeral;

/// How the number of a heading or entry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 第三部分, 第2章, 第一篇
    Part,
    /// 第三条
    Article,
    /// `一、`
    Numeral,
    /// `（一）`
    NumeralInBrackets,
    /// `1.`, `1、`, `1)`: at most two digits, no decimal
    Digits,
    /// `（1）`
    DigitsInBrackets,
    /// `①`
    Circled,
}

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub form: Form,
    /// Bytes of the number with its mark.
    pub length: usize,
}

/// The number that opens a text, in half- or full-width marks.
pub fn opening(text: &str) -> Option<Opening> {
    let found = |form, length| Some(Opening { form, length });
    if let Some(rest) = text.strip_prefix('第') {
        let count = numerals(rest).max(digits(rest));
        let (form, mark) = [(Form::Part, "部分"), (Form::Part, "章"), (Form::Part, "篇"), (Form::Article, "条")]
            .into_iter()
            .find(|(_, mark)| count > 0 && rest[count..].starts_with(mark))?;
        return found(form, "第".len() + count + mark.len());
    }
    if let Some(rest) = text.strip_prefix(['(', '（']) {
        let open = text.len() - rest.len();
        let (form, count) = match numerals(rest) {
            0 => (Form::DigitsInBrackets, digits(rest)),
            count => (Form::NumeralInBrackets, count),
        };
        let close = mark(&rest[count..], &[')', '）'])?;
        return (1..=9).contains(&count).then_some(Opening { form, length: open + count + close });
    }
    match (numerals(text), digits(text)) {
        (0, 0) => {
            let first = text.chars().next()?;
            matches!(first, '\u{2460}'..='\u{2473}')
                .then_some(Opening { form: Form::Circled, length: first.len_utf8() })
        }
        (0, count) => {
            let mark = mark(&text[count..], &['、', '.', '．', ',', ')', '）'])?;
            let is_amount = text[count..].starts_with(['.', '．', ','])
                && text[count + mark..].starts_with(|c: char| c.is_ascii_digit());
            (count <= 2 && !is_amount).then_some(Opening { form: Form::Digits, length: count + mark })
        }
        (count, _) => {
            let mark = mark(&text[count..], &['、', '.', '．', ',', '，', ':', '：'])?;
            found(Form::Numeral, count + mark)
        }
    }
}

/// Bytes of the formal numeral that opens a text, with its mark if it has one: 贰、收支情况, 叁 财政拨款情况.
pub fn formal(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let is_formal = numeral::is_counting(first) && !numeral::is_ordinal(first) && !matches!(first, '千' | '两');
    let rest = &text[first.len_utf8()..];
    let mark = mark(rest, &['、', '.', '．', ':', '：', ' ', '\u{3000}']).unwrap_or(0);
    (is_formal && !rest.is_empty()).then(|| first.len_utf8() + mark)
}

/// The text without the words that say it is a part of what stands before: `其中：货物` → `货物`.
pub fn without_of_which(text: &str) -> &str {
    text.strip_prefix("其中").map_or(text, |rest| rest.strip_prefix([':', '：', ',', '，']).unwrap_or(rest))
}

/// The number a printed heading number counts: 第三部分, （三）, 3. and ③ all 3; `None` where it has none or one of another
/// script.
pub fn ordinal(printed: &str) -> Option<u32> {
    let start = printed.find(|c: char| numeral::is_ordinal(c) || c.is_ascii_digit() || circled(c).is_some())?;
    let rest = &printed[start..];
    let first = rest.chars().next()?;
    if let Some(number) = circled(first) {
        return Some(number);
    }
    if first.is_ascii_digit() {
        return rest[..digits(rest)].parse().ok();
    }
    numeral::whole(&rest[..numerals(rest)]).and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0)
}

fn circled(c: char) -> Option<u32> {
    matches!(c, '\u{2460}'..='\u{2473}').then(|| c as u32 - 0x2460 + 1)
}

fn numerals(text: &str) -> usize {
    text.find(|c| !numeral::is_ordinal(c)).unwrap_or(text.len())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn mark(text: &str, marks: &[char]) -> Option<usize> {
    text.chars().next().filter(|c| marks.contains(c)).map(char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_open_headings_and_entries() {
        for (text, form, number) in [
            ("第一部分 概况", Form::Part, "第一部分"),
            ("第2章", Form::Part, "第2章"),
            ("第三条 本办法", Form::Article, "第三条"),
            ("一、收入", Form::Numeral, "一、"),
            ("（十二）支出", Form::NumeralInBrackets, "（十二）"),
            ("(一)支出", Form::NumeralInBrackets, "(一)"),
            ("1.货物", Form::Digits, "1."),
            ("12、其他", Form::Digits, "12、"),
            ("1、2023年收入", Form::Digits, "1、"),
            ("(1)国内接待费", Form::DigitsInBrackets, "(1)"),
            ("③服务", Form::Circled, "③"),
        ] {
            assert_eq!(opening(text), Some(Opening { form, length: number.len() }), "{text}");
        }
        for text in ["一般公共服务支出", "1.5万元", "1,234", "2080505", "100.", "（境）费", "第三季度", ""]
        {
            assert_eq!(opening(text), None, "{text}");
        }
    }

    #[test]
    fn formal_numerals_open_headings() {
        assert_eq!(formal("贰　收支情况"), Some("贰　".len()));
        assert_eq!(formal("伍其他事项"), Some("伍".len()));
        for text in ["一、收入", "千方百计", "两项合计", "收支情况", "贰"] {
            assert_eq!(formal(text), None, "{text}");
        }
    }

    #[test]
    fn heading_numbers_count() {
        let shown = [
            ("第三部分", 3),
            ("(十二)", 12),
            ("二十一、", 21),
            ("3.", 3),
            ("(7)", 7),
            ("④", 4),
            ("十、", 10),
            ("10、", 10),
        ];
        for (printed, number) in shown {
            assert_eq!(ordinal(printed), Some(number), "{printed}");
        }
        assert_eq!(ordinal("甲、"), None);
    }
}
