//! How the number of a list is written: 3, iii, C, 三, ③.

/// A way to write numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Writing {
    #[default]
    Decimal,
    /// 03
    TwoDigits,
    /// ３
    FullWidth,
    /// ③, ⑶, ⒊ and ㊂, counted from these characters on as far as they go.
    Ready {
        first: char,
        count: u32,
    },
    Roman {
        is_upper: bool,
    },
    /// `repeats`: B, BB, BBB as in Word; else B, AB, BB as on web pages.
    Letter {
        is_upper: bool,
        repeats: bool,
    },
    Numeral(Numerals),
    /// 甲乙丙丁, 子丑寅卯
    Row(&'static str),
    /// Nothing in the place of the number.
    Nothing,
    /// A sign that counts nothing.
    Bullet,
}

/// How Chinese numerals are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numerals {
    /// 十二, 一○二
    Counting,
    /// 十二, 一百零二
    Thousand,
    /// 十二, 百二
    Japanese,
    /// 一二, 一〇二
    Digital,
    /// 壹拾贰, 壹佰零贰
    Formal,
    /// 壹拾貳
    FormalTraditional,
}

/// By the numbers that .doc and .rtf give the ways to write, and their names in .docx.
const OF_WORD: [(u8, &str, Writing); 29] = [
    (1, "upperRoman", Writing::Roman { is_upper: true }),
    (2, "lowerRoman", Writing::Roman { is_upper: false }),
    (3, "upperLetter", Writing::Letter { is_upper: true, repeats: true }),
    (4, "lowerLetter", Writing::Letter { is_upper: false, repeats: true }),
    (10, "ideographDigital", Writing::Numeral(Numerals::Digital)),
    (11, "japaneseCounting", Writing::Numeral(Numerals::Japanese)),
    (14, "decimalFullWidth", Writing::FullWidth),
    (15, "decimalHalfWidth", Writing::Decimal),
    (16, "japaneseLegal", Writing::Numeral(Numerals::FormalTraditional)),
    (17, "japaneseDigitalTenThousand", Writing::Numeral(Numerals::Digital)),
    (18, "decimalEnclosedCircle", CIRCLED),
    (19, "decimalFullWidth2", Writing::FullWidth),
    (22, "decimalZero", Writing::TwoDigits),
    (23, "bullet", Writing::Bullet),
    (26, "decimalEnclosedFullstop", Writing::Ready { first: '⒈', count: 20 }),
    (27, "decimalEnclosedParen", Writing::Ready { first: '⑴', count: 20 }),
    (28, "decimalEnclosedCircleChinese", CIRCLED),
    (29, "ideographEnclosedCircle", Writing::Ready { first: '㊀', count: 10 }),
    (30, "ideographTraditional", STEMS),
    (31, "ideographZodiac", BRANCHES),
    (32, "ideographZodiacTraditional", BRANCHES),
    (33, "taiwaneseCounting", Writing::Numeral(Numerals::Counting)),
    (34, "ideographLegalTraditional", Writing::Numeral(Numerals::FormalTraditional)),
    (35, "taiwaneseCountingThousand", Writing::Numeral(Numerals::Thousand)),
    (36, "taiwaneseDigital", Writing::Numeral(Numerals::Digital)),
    (37, "chineseCounting", Writing::Numeral(Numerals::Counting)),
    (38, "chineseLegalSimplified", Writing::Numeral(Numerals::Formal)),
    (39, "chineseCountingThousand", Writing::Numeral(Numerals::Thousand)),
    (255, "none", Writing::Nothing),
];

/// The first of the row that OpenDocument names a way to write by.
const OF_OPEN_DOCUMENT: [(&str, Writing); 13] = [
    ("", Writing::Nothing),
    ("1", Writing::Decimal),
    ("a", Writing::Letter { is_upper: false, repeats: false }),
    ("A", Writing::Letter { is_upper: true, repeats: false }),
    ("i", Writing::Roman { is_upper: false }),
    ("I", Writing::Roman { is_upper: true }),
    ("01", Writing::TwoDigits),
    ("１", Writing::FullWidth),
    ("①", CIRCLED),
    ("一", Writing::Numeral(Numerals::Thousand)),
    ("壹", Writing::Numeral(Numerals::Formal)),
    ("甲", STEMS),
    ("子", BRANCHES),
];

/// The types of `<ol>`, and the styles that stand in for them.
const OF_PAGES: [(&str, Writing); 20] = [
    ("1", Writing::Decimal),
    ("a", Writing::Letter { is_upper: false, repeats: false }),
    ("A", Writing::Letter { is_upper: true, repeats: false }),
    ("i", Writing::Roman { is_upper: false }),
    ("I", Writing::Roman { is_upper: true }),
    ("decimal", Writing::Decimal),
    ("decimal-leading-zero", Writing::TwoDigits),
    ("lower-alpha", Writing::Letter { is_upper: false, repeats: false }),
    ("lower-latin", Writing::Letter { is_upper: false, repeats: false }),
    ("upper-alpha", Writing::Letter { is_upper: true, repeats: false }),
    ("upper-latin", Writing::Letter { is_upper: true, repeats: false }),
    ("lower-roman", Writing::Roman { is_upper: false }),
    ("upper-roman", Writing::Roman { is_upper: true }),
    ("cjk-ideographic", Writing::Numeral(Numerals::Thousand)),
    ("trad-chinese-informal", Writing::Numeral(Numerals::Thousand)),
    ("simp-chinese-informal", Writing::Numeral(Numerals::Thousand)),
    ("simp-chinese-formal", Writing::Numeral(Numerals::Formal)),
    ("trad-chinese-formal", Writing::Numeral(Numerals::FormalTraditional)),
    ("cjk-decimal", Writing::Numeral(Numerals::Digital)),
    ("cjk-heavenly-stem", STEMS),
];

const CIRCLED: Writing = Writing::Ready { first: '①', count: 20 };
const STEMS: Writing = Writing::Row("甲乙丙丁戊己庚辛壬癸");
const BRANCHES: Writing = Writing::Row("子丑寅卯辰巳午未申酉戌亥");
/// Letters are doubled, tripled .. up to here; more is a number in disguise.
const MOST_LETTERS: u32 = 20;

impl Writing {
    /// As .doc and .rtf number them; ways of other languages are written as digits.
    pub fn of_code(code: u8) -> Self {
        OF_WORD.iter().find(|(known, _, _)| *known == code).map_or(Writing::Decimal, |(_, _, writing)| *writing)
    }

    /// As .docx names them.
    pub fn of_name(name: &str) -> Self {
        OF_WORD.iter().find(|(_, known, _)| *known == name).map_or(Writing::Decimal, |(_, _, writing)| *writing)
    }

    /// As OpenDocument shows them by their first numbers: `一, 二, 三, ...`
    pub fn of_example(example: &str, is_in_step: bool) -> Self {
        let first = example.split([',', '、']).next().unwrap_or("").trim();
        let found = OF_OPEN_DOCUMENT.iter().find(|(known, _)| *known == first);
        match found.map_or(Writing::Decimal, |(_, writing)| *writing) {
            Writing::Letter { is_upper, .. } => Writing::Letter { is_upper, repeats: is_in_step },
            writing => writing,
        }
    }

    /// As web pages name them; `None` where the name means no number.
    pub fn of_page(name: &str) -> Option<Self> {
        OF_PAGES.iter().find(|(known, _)| *known == name).map(|(_, writing)| *writing)
    }

    /// The number as it is printed.
    pub fn write(self, number: u32) -> String {
        let written = match self {
            Writing::Decimal => None,
            Writing::TwoDigits => Some(format!("{number:02}")),
            Writing::FullWidth => Some(number.to_string().chars().filter_map(full_width).collect()),
            Writing::Ready { first, count } => ready(first, count, number),
            Writing::Roman { is_upper } => roman(number).map(|text| if is_upper { text } else { text.to_lowercase() }),
            Writing::Letter { is_upper, repeats } => {
                let text = if repeats { repeated_letter(number) } else { letters(number) };
                text.map(|text| if is_upper { text } else { text.to_lowercase() })
            }
            Writing::Numeral(numerals) => numeral(numerals, number),
            Writing::Row(row) => number.checked_sub(1).and_then(|at| row.chars().nth(at as usize)).map(String::from),
            Writing::Nothing | Writing::Bullet => Some(String::new()),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn full_width(digit: char) -> Option<char> {
    char::from_u32('０' as u32 + digit.to_digit(10)?)
}

fn ready(first: char, count: u32, number: u32) -> Option<String> {
    let at = number.checked_sub(1).filter(|at| *at < count)?;
    char::from_u32(first as u32 + at).map(String::from)
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = (1..4_000).contains(&number).then_some(number)?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

fn letter(at: u32) -> Option<char> {
    char::from_u32('A' as u32 + at % 26)
}

fn repeated_letter(number: u32) -> Option<String> {
    let at = number.checked_sub(1).filter(|at| *at < 26 * MOST_LETTERS)?;
    Some(std::iter::repeat_n(letter(at)?, (at / 26 + 1) as usize).collect())
}

fn letters(number: u32) -> Option<String> {
    let mut left = number.checked_sub(1)?;
    let mut text = Vec::from([letter(left)?]);
    while left >= 26 {
        left = left / 26 - 1;
        text.push(letter(left)?);
    }
    Some(text.iter().rev().collect())
}

const EVERYDAY: [&str; 2] = ["〇一二三四五六七八九", "十百千"];
const FORMAL: [&str; 2] = ["零壹贰叁肆伍陆柒捌玖", "拾佰仟"];
const FORMAL_TRADITIONAL: [&str; 2] = ["零壹貳參肆伍陸柒捌玖", "拾佰仟"];

fn numeral(numerals: Numerals, number: u32) -> Option<String> {
    let [digits, powers] = match numerals {
        Numerals::Formal => FORMAL,
        Numerals::FormalTraditional => FORMAL_TRADITIONAL,
        _ => EVERYDAY,
    };
    let digit = |digit: u32| digits.chars().nth(digit as usize);
    let one_by_one = |zero: char| -> Option<String> {
        let digits = number.to_string();
        digits.chars().map(|c| if c == '0' { Some(zero) } else { digit(c.to_digit(10)?) }).collect()
    };
    match numerals {
        Numerals::Digital => return one_by_one('〇'),
        Numerals::Counting if number > 99 => return one_by_one('○'),
        _ => {}
    }
    if number == 0 {
        return Some(String::from('零'));
    }
    let mut text = String::new();
    let mut skips = false;
    for power in (0..4).rev() {
        let count = number / 10_u32.pow(power) % 10;
        if count == 0 {
            skips = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut skips) && numerals != Numerals::Japanese {
            text.push('零');
        }
        // 十二, and 百二 in Japanese: a single one is not said before its power.
        let is_silent = match numerals {
            Numerals::Japanese => power > 0,
            Numerals::Counting | Numerals::Thousand => power == 1 && text.is_empty(),
            _ => false,
        };
        if count > 1 || !is_silent {
            text.push(digit(count)?);
        }
        if let Some(at) = power.checked_sub(1) {
            text.push(powers.chars().nth(at as usize)?);
        }
    }
    (number < 10_000).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_format_says() {
        let shown = [
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalEnclosedCircleChinese", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("upperLetter", 27, "AA"),
            ("upperLetter", 28, "BB"),
            ("lowerLetter", 3, "c"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 102, "一○二"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 102, "一百零二"),
            ("chineseCountingThousand", 112, "一百一十二"),
            ("taiwaneseCountingThousand", 1002, "一千零二"),
            ("japaneseCounting", 112, "百十二"),
            ("ideographDigital", 10, "一〇"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("ideographTraditional", 2, "乙"),
            ("ideographTraditional", 11, "11"),
            ("bullet", 1, ""),
            ("none", 1, ""),
            ("unheard of", 7, "7"),
        ];
        for (name, number, written) in shown {
            assert_eq!(Writing::of_name(name).write(number), written, "{name}");
        }
        assert_eq!(Writing::of_code(39).write(3), "三");
        assert_eq!(Writing::of_example("一, 二, 三, ...", false).write(3), "三");
        assert_eq!(Writing::of_example("A", true).write(28), "BB");
        assert_eq!(Writing::of_page("lower-alpha").map(|writing| writing.write(28)), Some("ab".to_owned()));
        assert_eq!(Writing::of_page("disc"), None);
    }

    #[test]
    fn no_number_is_too_large_or_too_small() {
        let all = OF_WORD.iter().map(|(_, _, writing)| *writing);
        for writing in all.chain(OF_PAGES.iter().map(|(_, writing)| *writing)) {
            for number in [0, 1, 9_999, 10_000, 32_768, i32::MAX as u32, u32::MAX] {
                assert!(writing.write(number).chars().count() <= 20, "{writing:?} {number}");
            }
        }
    }
}
