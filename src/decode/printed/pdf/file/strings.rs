//! Strings that are text by themselves, outside of any font.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// From 0x18 on, and from 0x80 on: what PDF's own encoding has where Latin-1 has control codes.
const ACCENTS: &str = "˘ˇˆ˙˝˛˚˜";
const SIGNS: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";
/// Around the name of a language.
const ESCAPE: char = '\u{1b}';

/// The text of a string: UTF-16 or UTF-8 where a mark says so, else PDF's own encoding.
pub fn string(bytes: &[u8]) -> String {
    let marked = [(UTF_16BE, &b"\xfe\xff"[..]), (UTF_16LE, b"\xff\xfe"), (UTF_8, b"\xef\xbb\xbf")];
    let known = marked.iter().find_map(|(encoding, mark)| Some((encoding, bytes.strip_prefix(*mark)?)));
    let Some((encoding, rest)) = known else { return bytes.iter().map(|byte| own(*byte)).collect() };
    let text = encoding.decode_without_bom_handling(rest).0;
    // Every second piece names the language of the one behind it.
    text.split(ESCAPE).step_by(2).collect()
}

fn own(byte: u8) -> char {
    let special = match byte {
        0x18..0x20 => ACCENTS.chars().nth(usize::from(byte - 0x18)),
        0x80..=0xa0 => SIGNS.chars().nth(usize::from(byte - 0x80)),
        _ => None,
    };
    special.unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_say_how_they_are_written() {
        assert_eq!(string(b"12.50"), "12.50");
        assert_eq!(string(b"\xfe\xff\x4e\x00\x00\x1b\x00z\x00h\x00\x1b\x4e\x8c"), "一二");
        assert_eq!(string(b"\xff\xfe\x00\x4e"), "一");
        assert_eq!(string("\u{feff}一".as_bytes()), "一");
        assert_eq!(string(b"\x80 \x84 \xa0 \xe9 \x9f"), "• — € é \u{fffd}");
    }
}
