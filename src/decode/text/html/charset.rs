//! Which characters the bytes of a web page are.

use encoding_rs::Encoding;

use crate::decode::failure::DecodeFailure;
use crate::decode::text::encoding::decode_bytes;

/// The charset a page declares wins over what its bytes look like, unless they do not decode in it.
pub fn page_text(bytes: &[u8]) -> Result<(String, String), DecodeFailure> {
    if std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = declared_charset(bytes)
    {
        let (text, used, failed) = encoding.decode(bytes);
        if !failed {
            return Ok((text.into_owned(), used.name().to_lowercase()));
        }
    }
    decode_bytes(bytes).map(|(text, encoding)| (text, encoding.to_owned()))
}

fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let after = &head[head.find("charset")? + "charset".len()..];
    let name: String = after
        .trim_start_matches(['=', '"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .collect();
    Encoding::for_label(name.as_bytes())
}
