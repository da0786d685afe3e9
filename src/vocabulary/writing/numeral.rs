//! Chinese numerals, everyday (二十一) and formal (贰拾壹).

/// The value of one numeral for a digit: 〇 and 零 0, 两 2, 玖 9; `None` for 十 and what is none.
pub fn digit(c: char) -> Option<u32> {
    let value = match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '貳' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(value)
}

/// The power of ten a numeral stands for: 拾 10, 佰 100, 千 1,000.
fn power(c: char) -> Option<i64> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1_000),
        _ => None,
    }
}

/// The numerals that count chapters, rows and entries: 〇 to 九, 十 and 百.
pub fn is_ordinal(c: char) -> bool {
    "〇零一二三四五六七八九十百".contains(c)
}

/// The numerals a count is written with below 万.
pub fn is_counting(c: char) -> bool {
    digit(c).is_some() || power(c).is_some()
}

/// 二十一 → 21, 一百零五 → 105, 两 → 2, 一万二千 → 12,000. Whole numbers below one 亿; `None` for other text, and where
/// two digits follow each other without a power between them (二三).
pub fn whole(text: &str) -> Option<i64> {
    let (mut total, mut section, mut open) = (0i64, 0i64, None);
    for c in text.chars() {
        if let Some(power) = power(c) {
            section = section.checked_add(power * open.take().filter(|digit| *digit > 0).unwrap_or(1))?;
        } else if matches!(c, '万' | '萬') {
            total = (section + open.take().unwrap_or(0)).checked_mul(10_000)?;
            section = 0;
        } else if open.replace(i64::from(digit(c)?)).is_some_and(|earlier| earlier != 0) {
            return None;
        }
    }
    let value = total.checked_add(section)?.checked_add(open.unwrap_or(0))?;
    (!text.is_empty()).then_some(value)
}

/// 叁佰元整: an amount in words.
pub fn is_written_amount(text: &str) -> bool {
    let is_part = |c: char| is_counting(c) || "万亿元圆角分整".contains(c);
    text.chars().nth(1).is_some() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_values() {
        let shown = [
            ("一", 1),
            ("十", 10),
            ("二十一", 21),
            ("一百零五", 105),
            ("两", 2),
            ("三千二百", 3200),
            ("一万二千", 12_000),
            ("贰拾壹", 21),
        ];
        for (text, value) in shown {
            assert_eq!(whole(text), Some(value), "{text}");
        }
        for text in ["甲", "", "二三", "3"] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert!(is_written_amount("叁佰元整") && !is_written_amount("元") && !is_written_amount("叁佰辆"));
    }
}
