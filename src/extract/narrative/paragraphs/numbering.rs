//! The numbers that open headings and entries of lists.

/// The level of a heading number and the length of the number: 第一部分 1, 一、 2, （一） 3, 1. 4, （1） 5, ① 6.
pub fn numbering(text: &str) -> Option<(u8, usize)> {
    const HAN: &str = "一二三四五六七八九十百零〇";
    let lead = text.len() - text.trim_start_matches(['#', '*', '-', ' ', '>']).len();
    let body = &text[lead..];
    let han = |text: &str| text.chars().take_while(|c| HAN.contains(*c)).map(char::len_utf8).sum::<usize>();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let level = if let Some(rest) = body.strip_prefix('第') {
        let count = han(rest).max(digits(rest));
        let after = &rest[count..];
        let mark = ["部分", "章", "篇"].iter().find(|mark| after.starts_with(**mark))?;
        (count > 0).then_some((1, "第".len() + count + mark.len()))
    } else if let Some(rest) = body.strip_prefix('(') {
        let (count, level) = if han(rest) > 0 { (han(rest), 3) } else { (digits(rest), 5) };
        (count > 0 && count <= 9 && rest[count..].starts_with(')')).then_some((level, count + 2))
    } else if han(body) > 0 {
        let count = han(body);
        ["、", ".", ",", ":"].iter().find(|mark| body[count..].starts_with(**mark)).map(|mark| (2, count + mark.len()))
    } else if digits(body) > 0 {
        let count = digits(body);
        let after = &body[count..];
        let mark = ["、", ".", ")"].iter().find(|mark| after.starts_with(**mark))?;
        let is_decimal = *mark == "." && after[1..].starts_with(|c: char| c.is_ascii_digit());
        (count <= 2 && !is_decimal).then_some((4, count + mark.len()))
    } else {
        let first = body.chars().next()?;
        matches!(first, '\u{2460}'..='\u{2473}').then_some((6, first.len_utf8()))
    };
    let (level, length) = level?;
    let mut end = lead + length;
    while let Some(c) = text[end..].chars().next().filter(|c| matches!(c, ' ' | '、' | ':')) {
        end += c.len_utf8();
    }
    Some((level, end))
}
