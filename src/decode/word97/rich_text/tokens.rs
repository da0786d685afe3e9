//! What stands next in rich text: control words with their numbers.

/// A control word behind its backslash, the number it has, and how many bytes both take.
pub fn control_word(rest: &[u8]) -> (String, Option<i32>, usize) {
    let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = String::from_utf8_lossy(&rest[..length]).into_owned();
    let sign = usize::from(rest.get(length) == Some(&b'-'));
    let digits = rest[length + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&rest[length..length + sign + digits]).ok().and_then(|text| text.parse().ok());
    let blank = usize::from(rest.get(length + sign + digits) == Some(&b' '));
    let taken = length + if digits > 0 { sign + digits } else { 0 } + if digits > 0 || sign == 0 { blank } else { 0 };
    (word, number, taken)
}

/// The byte that two digits behind `\'` stand for.
pub fn hex(rest: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}
