//! Bytes of a text → characters, with the encoding that was used. Nonsense is refused, never handed on.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::decode::failure::DecodeFailure;
use crate::vocabulary::LetterSet;

/// Characters that make up a fifth and more of any Chinese official text, in both scripts: they tell a right decoding
/// from a wrong one.
const FREQUENT: &str = "的一是在年月日单位部门收入支出预算决算合计财政和为元万数表公共基本项目说情况工作人员区市县\
    机关管理安全实际完成增加减少上比不用经费其中了等及以与对本各行政事业务国家有关资产服务绩效评价目标使用指主要\
    説說單門預決計財數項與為萬會經費資產務關實際減評價標業";

static FREQUENT_LETTERS: LazyLock<LetterSet> = LazyLock::new(|| FREQUENT.chars().collect());

/// In GBK but not in GB2312: almost none in simplified text, most of a wrong decoding.
static RARE_LETTERS: LazyLock<LetterSet> = LazyLock::new(|| {
    // Decoded at once: the encoder looks every letter up by itself.
    let gb2312: Vec<u8> = (0xb0..=0xf7).flat_map(|row| (0xa1..=0xfe).flat_map(move |cell| [row, cell])).collect();
    let common: LetterSet = GB18030.decode_without_bom_handling(&gb2312).0.chars().collect();
    HAN.filter(|letter| !common.contains(*letter)).collect()
});

const HAN: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

/// How much of a text one measurement of plausibility looks at.
const WINDOW: usize = 600;

/// Decodes a whole text: byte-order mark, UTF-8, UTF-16 without a mark, then GB18030 or Big5 by plausibility.
///
/// # Errors
/// `Damaged` when the bytes are binary, no text in any of these encodings, a mixture of encodings, or a text that was
/// decoded wrongly before it was saved.
pub fn decode_bytes(bytes: &[u8]) -> Result<(String, &'static str), DecodeFailure> {
    let (text, encoding) = decoded(bytes)?;
    refuse_nonsense(&text)?;
    Ok((text, encoding))
}

fn decoded(bytes: &[u8]) -> Result<(String, &'static str), DecodeFailure> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok((text.into_owned(), name_of(encoding)));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok((text.into_owned(), name_of(encoding)));
    }
    if bytes.iter().take(1 << 16).any(|byte| *byte == 0) {
        return Err(DecodeFailure::damaged("it holds binary data, not text"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), "utf-8"));
    }
    Ok(chinese_double_byte(bytes))
}

/// UTF-16 without a mark betrays itself by zero bytes in every other place (line ends, digits and blanks are ASCII),
/// or, in a text of Han characters only, by the high bytes 0x4e to 0x9f there.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let count = |offset: usize, fits: fn(u8) -> bool| head.iter().skip(offset).step_by(2).filter(|b| fits(**b)).count();
    let zeros = (count(0, |byte| byte == 0), count(1, |byte| byte == 0));
    let pairs = head.len() / 2;
    let reads_as_chinese = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        plausibility(&text) > 100
    };
    match zeros {
        (0, odd) if odd * 20 > pairs => Some(UTF_16LE),
        (even, 0) if even * 20 > pairs => Some(UTF_16BE),
        (0 | 1, 0 | 1) if std::str::from_utf8(bytes).is_err() => {
            [UTF_16LE, UTF_16BE].into_iter().find(|e| reads_as_chinese(e))
        }
        _ => None,
    }
}

/// GB18030 or Big5, whichever reads more like an official text; where neither does, what the detector takes it for.
fn chinese_double_byte(bytes: &[u8]) -> (String, &'static str) {
    let [gb, big5] = [GB18030, BIG5].map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        (plausibility(&text), text, encoding)
    });
    if gb.0 == big5.0 {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes[..bytes.len().min(1 << 16)], true);
        let (text, _) = detector.guess(Some(b"cn"), Utf8Detection::Deny).decode_without_bom_handling(bytes);
        return (text.into_owned(), "gb18030");
    }
    let (_, text, encoding) = if big5.0 > gb.0 { big5 } else { gb };
    (text.into_owned(), name_of(encoding))
}

/// Frequent characters per thousand, less a heavy price for bytes that could not be decoded.
pub fn plausibility(text: &str) -> i64 {
    let (mut frequent, mut broken, mut han) = (0i64, 0i64, 0i64);
    for character in text.chars().take(20_000) {
        match character {
            '\u{fffd}' => broken += 1,
            '\u{4e00}'..='\u{9fff}' => {
                han += 1;
                frequent += i64::from(FREQUENT_LETTERS.contains(character));
            }
            _ => {}
        }
    }
    1000 * (frequent - 5 * broken) / (han + broken).max(1)
}

/// What a stretch of text is made of.
#[derive(Default)]
struct Mixture {
    characters: usize,
    han: usize,
    frequent: usize,
    rare: usize,
    latin_supplement: usize,
    broken: usize,
    control: usize,
    private: usize,
}

impl Mixture {
    fn add(&mut self, character: char) {
        self.characters += 1;
        match character {
            '\u{fffd}' => self.broken += 1,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => {}
            '\u{80}'..='\u{ff}' if !"°±²³µ·×÷ ".contains(character) => self.latin_supplement += 1,
            '\u{e000}'..='\u{f8ff}' => self.private += 1,
            '\u{3400}'..='\u{9fff}' => {
                self.han += 1;
                let is_frequent = FREQUENT_LETTERS.contains(character);
                self.frequent += usize::from(is_frequent);
                self.rare += usize::from(!is_frequent && RARE_LETTERS.contains(character));
            }
            c if c.is_control() => self.control += 1,
            _ => {}
        }
    }

    /// Why this is no text that somebody wrote; `None` where it may be.
    fn objection(&self) -> Option<&'static str> {
        let share = |part: usize, of: usize| part * 100 / of.max(1);
        if self.broken > 2 && share(self.broken * 10, self.characters) >= 5 {
            return Some("bytes that are no characters stand in it, or it mixes encodings");
        }
        if share(self.control, self.characters) >= 5 {
            return Some("it holds binary data, not text");
        }
        if share(self.private, self.characters) >= 5 || (self.latin_supplement > 20 && self.latin_supplement > self.han)
        {
            return Some("its characters were decoded wrongly before it was saved (mojibake)");
        }
        if self.han >= 40 && share(self.frequent, self.han) < 5 && share(self.rare, self.han) >= 12 {
            return Some("its characters were decoded wrongly before it was saved (mojibake), or it mixes encodings");
        }
        None
    }
}

/// Looks at the text as a whole and window by window, so that a wrongly decoded part is found as well.
fn refuse_nonsense(text: &str) -> Result<(), DecodeFailure> {
    const REPLACED: &str = "锟斤拷";
    let mut whole = Mixture::default();
    let mut window = Mixture::default();
    for character in text.chars() {
        whole.add(character);
        window.add(character);
        if window.characters >= WINDOW {
            if let Some(objection) = window.objection() {
                return Err(DecodeFailure::damaged(objection));
            }
            window = Mixture::default();
        }
    }
    let objection = whole.objection().or_else(|| window.objection());
    if let Some(objection) = objection {
        return Err(DecodeFailure::damaged(objection));
    }
    if text.matches(REPLACED).take(3).count() == 3 {
        return Err(DecodeFailure::damaged("characters were lost when it was saved (锟斤拷)"));
    }
    Ok(())
}

fn name_of(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "gb18030" => "gb18030",
        "Big5" => "big5",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "部门：某某局\r\n单位：万元\r\n本年收入合计 12.30\r\n";
    const PROSE: &str = "某某局本年度收入总计一千二百万元，与上年相比增加三十万元，主要原因是人员经费和公用经费增加，\
        部门预算执行情况良好，国有资产使用管理规范，各项工作任务按计划完成。";

    #[test]
    fn each_encoding_is_recognised() {
        assert_eq!(decode_bytes(TEXT.as_bytes()), Ok((TEXT.to_owned(), "utf-8")));
        let (gb, _, _) = GB18030.encode(TEXT);
        assert_eq!(decode_bytes(&gb), Ok((TEXT.to_owned(), "gb18030")));
        let traditional = "單位：萬元\n本年收入合計 12.30\n財政撥款收入\n";
        let (big5, _, _) = BIG5.encode(traditional);
        assert_eq!(decode_bytes(&big5), Ok((traditional.to_owned(), "big5")));
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_bytes(&little), Ok((TEXT.to_owned(), "utf-16le")));
        let marked: Vec<u8> = [0xfe, 0xff].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode_bytes(&marked), Ok((TEXT.to_owned(), "utf-16be")));
        let han_only: Vec<u8> = PROSE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode_bytes(&han_only), Ok((PROSE.to_owned(), "utf-16be")));
    }

    #[test]
    fn binary_data_is_no_text() {
        assert!(decode_bytes(&[1, 0, 0, 0, 255, 0, 0, 3, 0, 0, 0, 9]).is_err());
        let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        assert!(decode_bytes(&noise).is_err());
    }

    #[test]
    fn mojibake_is_refused() {
        let (read_as_gbk, _, _) = GB18030.decode(PROSE.as_bytes());
        assert!(decode_bytes(read_as_gbk.as_bytes()).is_err(), "UTF-8 read as GBK");
        let latin: String = PROSE.bytes().map(char::from).collect();
        assert!(decode_bytes(latin.as_bytes()).is_err(), "UTF-8 read as Latin-1");
        assert!(decode_bytes("锟斤拷锟斤拷锟斤拷，收入锟斤拷".as_bytes()).is_err());
    }

    #[test]
    fn mixed_encodings_are_refused() {
        let long = PROSE.repeat(8);
        let (gb, _, _) = GB18030.encode(&long);
        let mixed: Vec<u8> = long.bytes().chain(gb.iter().copied()).collect();
        assert!(decode_bytes(&mixed).is_err());
    }

    #[test]
    fn ordinary_texts_pass() {
        for text in
            [PROSE.repeat(3), "1,2,3\n4,5,6\n".repeat(50), "決算說明：本部門收入總計與支出總計均為萬元。".repeat(9)]
        {
            assert!(decode_bytes(text.as_bytes()).is_ok(), "{text}");
        }
    }
}
