//! The number of a heading: 第三部分, （三）, 3. and ③ all count 3.

/// The ordinal in a printed heading number; `None` where it has none or one of another script.
pub fn ordinal(printed: &str) -> Option<u32> {
    let mark = printed
        .chars()
        .find(|c| han_digit(*c).is_some() || *c == '十' || c.is_ascii_digit() || circled(*c).is_some())?;
    if let Some(number) = circled(mark) {
        return Some(number);
    }
    if mark.is_ascii_digit() {
        let digits: String =
            printed.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        return digits.parse().ok();
    }
    han(printed.chars().skip_while(|c| *c != mark).take_while(|c| han_digit(*c).is_some() || "十百".contains(*c)))
}

fn circled(c: char) -> Option<u32> {
    matches!(c, '\u{2460}'..='\u{2473}').then(|| c as u32 - 0x2460 + 1)
}

fn han_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|digit| digit == if c == '零' { '〇' } else { c }).map(|at| at as u32)
}

/// 二十一 → 21, 一百零五 → 105.
fn han(numeral: impl Iterator<Item = char>) -> Option<u32> {
    let (mut total, mut digit) = (0u32, None);
    for c in numeral {
        match c {
            '百' | '十' => {
                total += if c == '百' { 100 } else { 10 } * digit.take().unwrap_or(1);
            }
            _ => digit = han_digit(c),
        }
    }
    Some(total + digit.unwrap_or(0)).filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
