//! Bytes of a text → characters, with the encoding that was used.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::DecodeFailure;

/// Characters that make up much of any Chinese official text, in both scripts: they tell GB18030 from Big5.
const FREQUENT: &str = "的一是在年月日单位部门收入支出预算决算合计财政和为元万数表公共基本项目說説單門預決計財數項與為萬";

/// Decodes a whole text: byte-order mark, UTF-8, UTF-16 without a mark, then GB18030 or Big5 by plausibility.
///
/// # Errors
/// `Damaged` when the bytes are no text in any of these.
pub fn decode_bytes(bytes: &[u8]) -> Result<(String, &'static str), DecodeFailure> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok((text.into_owned(), name_of(encoding)));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok((text.into_owned(), name_of(encoding)));
    }
    if bytes.iter().take(4096).any(|byte| *byte == 0) {
        return Err(DecodeFailure::damaged("it holds binary data, not text"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), "utf-8"));
    }
    Ok(chinese_double_byte(bytes))
}

/// UTF-16 betrays itself by zero bytes in every other place: line ends, digits and spaces are ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.len() < 4 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    match () {
        () if even == 0 && odd * 20 > pairs => Some(UTF_16LE),
        () if odd == 0 && even * 20 > pairs => Some(UTF_16BE),
        () => None,
    }
}

fn chinese_double_byte(bytes: &[u8]) -> (String, &'static str) {
    let candidates = [GB18030, BIG5].map(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        (plausibility(&text), text, encoding)
    });
    let [gb, big5] = candidates;
    let (_, text, encoding) = if big5.0 > gb.0 { big5 } else { gb };
    (text.into_owned(), name_of(encoding))
}

/// Frequent characters per thousand, less a heavy price for bytes that could not be decoded.
fn plausibility(text: &str) -> i64 {
    let (mut frequent, mut broken, mut han) = (0i64, 0i64, 0i64);
    for character in text.chars().take(20_000) {
        match character {
            '\u{fffd}' => broken += 1,
            '\u{4e00}'..='\u{9fff}' => {
                han += 1;
                frequent += i64::from(FREQUENT.contains(character));
            }
            _ => {}
        }
    }
    1000 * (frequent - 5 * broken) / (han + broken).max(1)
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
    }

    #[test]
    fn binary_data_is_no_text() {
        assert!(decode_bytes(&[1, 0, 0, 0, 255, 0, 0, 3, 0, 0, 0, 9]).is_err());
    }
}
