//! Number formats: what a reader sees of a stored number. Chinese workbooks hold 元 and show 万元 in a dozen ways:
//! `0!.0000`, `0"."0,"万元"`, `#,##0.00,,` with a percent sign on a second line that no cell is tall enough to show.

use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use crate::decode::document::Shown;

/// A number format, read once. Sections apply to positive, negative and zero numbers, or by their own conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    sections: Vec<Section>,
}

/// What a format makes of one number.
#[derive(Debug, Clone, PartialEq)]
pub enum Appears {
    Number(Shown),
    /// A calendar date or a time.
    Date,
    /// Nothing of it is seen.
    Nothing,
}

#[derive(Debug, Clone, PartialEq)]
struct Section {
    condition: Option<(Comparison, Decimal)>,
    appears: Appears,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    More,
    MoreOrEqual,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self::parse("General")
    }
}

static GENERAL: LazyLock<NumberFormat> = LazyLock::new(NumberFormat::default);

impl NumberFormat {
    /// The format of a cell that has none.
    pub fn general() -> &'static Self {
        &GENERAL
    }

    pub fn parse(code: &str) -> Self {
        let sections = split_sections(code).into_iter().take(3).map(|section| Section::parse(&section)).collect();
        Self { sections }
    }

    /// What is seen of a number under this format.
    pub fn appears(&self, value: Decimal) -> &Appears {
        &self.section(value).appears
    }

    fn section(&self, value: Decimal) -> &Section {
        let has_conditions = self.sections.iter().any(|section| section.condition.is_some());
        let at = if has_conditions {
            let fits = |section: &Section| {
                section.condition.as_ref().is_none_or(|(comparison, limit)| comparison.holds(value, *limit))
            };
            self.sections.iter().position(fits).unwrap_or(self.sections.len() - 1)
        } else {
            match self.sections.len() {
                3 if value.is_zero() => 2,
                2.. if value.is_sign_negative() && !value.is_zero() => 1,
                _ => 0,
            }
        };
        &self.sections[at]
    }
}

impl Comparison {
    fn holds(self, value: Decimal, limit: Decimal) -> bool {
        match self {
            Comparison::Less => value < limit,
            Comparison::LessOrEqual => value <= limit,
            Comparison::Equal => value == limit,
            Comparison::NotEqual => value != limit,
            Comparison::More => value > limit,
            Comparison::MoreOrEqual => value >= limit,
        }
    }
}

/// One sign of a format.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    /// `0`, `#` or `?`
    Digit,
    Point,
    Comma,
    Percent,
    Exponent,
    Slash,
    At,
    Calendar,
    Literal(char),
}

/// Splits at semicolons that are no literals. An empty code is one section of nothing.
fn split_sections(code: &str) -> Vec<Vec<char>> {
    let mut sections = vec![Vec::new()];
    let mut is_quoted = false;
    let mut is_escaped = false;
    let mut in_brackets = false;
    for character in code.chars() {
        let is_literal = is_escaped || is_quoted || in_brackets;
        if character == ';' && !is_literal {
            sections.push(Vec::new());
            continue;
        }
        if !is_escaped {
            match character {
                '"' if !in_brackets => is_quoted = !is_quoted,
                '[' if !is_quoted => in_brackets = true,
                ']' if !is_quoted => in_brackets = false,
                _ => {}
            }
        }
        is_escaped = !is_literal && matches!(character, '\\' | '!' | '_' | '*');
        if let Some(section) = sections.last_mut() {
            section.push(character);
        }
    }
    sections
}

impl Section {
    fn parse(code: &[char]) -> Self {
        let text: String = code.iter().collect();
        let plain = text.trim();
        let mut condition = None;
        let is_general = |text: &str| text.eq_ignore_ascii_case("general") || text.starts_with("G/");
        let signs = if is_general(plain) { Vec::new() } else { signs(code, &mut condition) };
        let rest: String = plain.trim_start_matches('[').to_owned();
        let appears = if is_general(plain) || rest.rsplit(']').next().is_some_and(is_general) {
            Appears::Number(Shown::default())
        } else {
            appearance(&signs)
        };
        Self { condition, appears }
    }
}

/// The signs of one section, as far as its first line goes: a cell shows no second one.
fn signs(code: &[char], condition: &mut Option<(Comparison, Decimal)>) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut at = 0;
    let mut is_second_line = false;
    while let Some(&character) = code.get(at) {
        at += 1;
        let sign = match character {
            '"' => {
                while let Some(&literal) = code.get(at).filter(|literal| **literal != '"') {
                    is_second_line |= matches!(literal, '\n' | '\r');
                    if !is_second_line {
                        signs.push(Sign::Literal(literal));
                    }
                    at += 1;
                }
                at += 1;
                continue;
            }
            '[' => {
                let end = code[at..].iter().position(|c| *c == ']').map_or(code.len(), |end| at + end);
                let inner: String = code[at..end].iter().collect();
                at = end + 1;
                if let Some(found) = condition_in(&inner) {
                    *condition = Some(found);
                } else if matches!(inner.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    signs.push(Sign::Calendar);
                }
                continue;
            }
            '\\' | '!' => {
                let literal = code.get(at).copied().unwrap_or(' ');
                at += 1;
                Sign::Literal(literal)
            }
            // A width to leave free, a character to fill with: neither says anything.
            '_' | '*' => {
                at += 1;
                continue;
            }
            '0' | '#' | '?' => Sign::Digit,
            '.' => Sign::Point,
            ',' => Sign::Comma,
            '%' | '％' => Sign::Percent,
            '@' => Sign::At,
            '/' => Sign::Slash,
            'E' | 'e' if matches!(code.get(at), Some('+' | '-')) => {
                at += 1;
                Sign::Exponent
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => Sign::Calendar,
            literal => Sign::Literal(literal),
        };
        is_second_line |= matches!(sign, Sign::Literal('\n' | '\r'));
        // A percent sign counts wherever it stands; whether it is seen is another matter.
        match sign {
            Sign::Percent if is_second_line => signs.push(Sign::Literal('\n')),
            _ if !is_second_line => signs.push(sign),
            _ => {}
        }
        if is_second_line && sign == Sign::Percent {
            signs.push(Sign::Percent);
        }
    }
    signs
}

/// `>=10000`
fn condition_in(inner: &str) -> Option<(Comparison, Decimal)> {
    let signs = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::MoreOrEqual),
        ("<>", Comparison::NotEqual),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ];
    let (sign, comparison) = signs.into_iter().find(|(sign, _)| inner.starts_with(sign))?;
    Some((comparison, Decimal::from_str_exact(inner[sign.len()..].trim()).ok()?))
}

fn appearance(signs: &[Sign]) -> Appears {
    let digits = || signs.iter().enumerate().filter(|(_, sign)| **sign == Sign::Digit).map(|(at, _)| at);
    let (Some(first), Some(last)) = (digits().next(), digits().next_back()) else {
        return match signs {
            _ if signs.contains(&Sign::Calendar) => Appears::Date,
            _ if signs.contains(&Sign::At) => Appears::Number(Shown::default()),
            // A zero shown as a dash, a number shown as a word.
            _ if signs.iter().any(|sign| matches!(sign, Sign::Literal(literal) if !literal.is_whitespace())) => {
                Appears::Number(Shown::default())
            }
            _ => Appears::Nothing,
        };
    };
    if signs.contains(&Sign::Calendar) {
        return Appears::Date;
    }
    let point = signs.iter().position(|sign| *sign == Sign::Point);
    let literal_point = (first..last).rev().find(|at| matches!(signs[*at], Sign::Literal('.' | '．' | '·')));
    let is_open = signs.iter().any(|sign| matches!(sign, Sign::Exponent | Sign::Slash));
    let count = |from: usize| signs[from..].iter().filter(|sign| **sign == Sign::Digit).count() as i8;
    let shifted = literal_point.filter(|at| point.is_none_or(|point| *at < point)).map_or(0, |at| {
        let end = point.unwrap_or(signs.len());
        signs[at..end].iter().filter(|sign| **sign == Sign::Digit).count() as i8
    });
    let percents = signs.iter().filter(|sign| **sign == Sign::Percent).count() as i8;
    let is_second_line = |at: usize| at > 0 && signs[at - 1] == Sign::Literal('\n');
    let seen_percent = signs.iter().enumerate().any(|(at, sign)| match sign {
        Sign::Percent => !is_second_line(at),
        Sign::Literal('%' | '％') => at > last,
        _ => false,
    });
    let decimals = match (point, shifted) {
        _ if is_open => None,
        (Some(point), 0) => Some(count(point) as u8),
        (_, shifted) => Some(shifted.unsigned_abs()),
    };
    Appears::Number(Shown {
        scale: 3 * scaling_commas(signs, point, last) + shifted - 2 * percents,
        decimals,
        is_percent: seen_percent,
        words: words_after(&signs[last + 1..]),
    })
}

/// Commas right after the last digit before the point, or after the last digit of all, divide by a thousand each.
fn scaling_commas(signs: &[Sign], point: Option<usize>, last: usize) -> i8 {
    let run = |from: usize| signs[from..].iter().take_while(|sign| **sign == Sign::Comma).count();
    let after_last = run(last + 1);
    let before_point = point.map_or(0, |point| {
        let before = signs[..point].iter().rev().take_while(|sign| **sign == Sign::Comma).count();
        if signs[..point - before].contains(&Sign::Digit) { before } else { 0 }
    });
    (after_last + before_point).min(6) as i8
}

/// The words behind the number, on its own line.
fn words_after(signs: &[Sign]) -> Option<Arc<str>> {
    let words: String = signs
        .iter()
        .take_while(|sign| **sign != Sign::Literal('\n'))
        .filter_map(|sign| match sign {
            Sign::Literal(literal) => Some(*literal),
            _ => None,
        })
        .collect();
    let words = words.trim().trim_end_matches([')', '）', '-', '%', '％']).trim();
    (!words.is_empty()).then(|| words.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scale decimals words%`, or what else appears.
    fn seen(code: &str, value: i64) -> String {
        match NumberFormat::parse(code).appears(Decimal::from(value)) {
            Appears::Number(shown) => {
                let decimals = shown.decimals.map_or("open".to_owned(), |decimals| decimals.to_string());
                let words = shown.words.as_deref().unwrap_or("");
                format!("{} {decimals} {words}{}", shown.scale, if shown.is_percent { "%" } else { "" })
            }
            Appears::Date => "date".to_owned(),
            Appears::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn what_scales_a_number_is_understood() {
        for (code, expected) in [
            ("0!.0000", "4 4 "),
            ("0\".\"0000", "4 4 "),
            ("0\\.0000", "4 4 "),
            ("#0!.0,", "4 1 "),
            ("0\".\"0,\"万元\"", "4 1 万元"),
            ("#,##0.00,", "3 2 "),
            ("#,##0.00,,", "6 2 "),
            ("#,##0,.00", "3 2 "),
            ("#,##0.00,,\n%", "4 2 "),
            ("#,##0.00,,\"\n\"%", "4 2 "),
            ("0.00%", "-2 2 %"),
            ("0.0\"%\"", "0 1 %"),
            ("#\",\"0000", "0 0 "),
            ("0!.0,_ ;-0!.0,_ ", "4 1 "),
        ] {
            assert_eq!(seen(code, 14_309_000), expected, "{code:?}");
        }
    }

    #[test]
    fn what_only_dresses_a_number_changes_nothing() {
        for (code, expected) in [
            ("General", "0 open "),
            ("G/通用格式", "0 open "),
            ("[Red]General", "0 open "),
            ("@", "0 open "),
            ("0", "0 0 "),
            ("#,##0", "0 0 "),
            ("#,##0.00", "0 2 "),
            ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0 2 "),
            ("#,##0.00_);[Red]\\(#,##0.00\\)", "0 2 "),
            ("[$￥-804]#,##0.00", "0 2 "),
            ("\"￥\"#,##0.00\"元\"", "0 2 元"),
            ("[DBNum1][$-804]General", "0 open "),
            ("0.00E+00", "0 open "),
            ("# ?/?", "0 open "),
            ("0000000", "0 0 "),
            ("#,##0.00\"万元\"", "0 2 万元"),
            ("0\"人\"", "0 0 人"),
        ] {
            assert_eq!(seen(code, 1200), expected, "{code:?}");
        }
    }

    #[test]
    fn dates_nothing_and_conditions_are_told_apart() {
        assert_eq!(seen("yyyy\"年\"m\"月\"", 45_000), "date");
        assert_eq!(seen("[h]:mm", 2), "date");
        assert_eq!(seen(";;;", 5), "nothing");
        assert_eq!(seen("0.00;-0.00;", 0), "nothing");
        assert_eq!(seen("0.00;-0.00;", 7), "0 2 ");
        assert_eq!(seen("0.00;;", -7), "nothing");
        assert_eq!(seen("0.00;\"-\"", -7), "0 open ");
        assert_eq!(seen("[>=10000]0!.0000\"万元\";0\"元\"", 20_000), "4 4 万元");
        assert_eq!(seen("[>=10000]0!.0000\"万元\";0\"元\"", 200), "0 0 元");
        assert_eq!(seen("[<1]0.0%;0", 200), "0 0 ");
    }
}
