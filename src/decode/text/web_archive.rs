//! A web page saved as one file (.mht): the parts of a mail, of which those of HTML are read.

use encoding_rs::Encoding;

use super::encoding::decode_bytes;
use crate::decode::failure::DecodeFailure;

/// The bytes begin like a mail that carries several parts.
pub fn is_web_archive(head: &str) -> bool {
    let head = head.to_ascii_lowercase();
    let headers = head.split("\n\n").next().unwrap_or("").split("\r\n\r\n").next().unwrap_or("");
    headers.contains("mime-version:") && headers.contains("content-type:")
}

/// The HTML of all its parts, one after the other.
///
/// # Errors
/// No part holds HTML, or one is in no encoding these documents use.
pub fn pages_of(bytes: &[u8]) -> Result<String, DecodeFailure> {
    let (headers, body) = split_headers(bytes);
    let mut pages = String::new();
    for part in parts(&headers, body) {
        let (headers, body) = split_headers(part);
        let kind = header(&headers, "content-type").unwrap_or_default();
        if kind.to_ascii_lowercase().starts_with("text/html") {
            pages.push_str(&text_of(&headers, body)?);
        }
    }
    if pages.is_empty() && header(&headers, "content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        pages = text_of(&headers, body)?;
    }
    if pages.is_empty() { Err(DecodeFailure::damaged("the web archive holds no page")) } else { Ok(pages) }
}

fn text_of(headers: &str, body: &[u8]) -> Result<String, DecodeFailure> {
    let packing = header(headers, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match packing.trim() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    let kind = header(headers, "content-type").unwrap_or_default();
    let declared = parameter(&kind, "charset").and_then(|name| Encoding::for_label(name.as_bytes()));
    if let Some(encoding) = declared {
        let (text, _, failed) = encoding.decode(&bytes);
        if !failed {
            return Ok(text.into_owned());
        }
    }
    decode_bytes(&bytes).map(|(text, _)| text)
}

/// Headers with their continued lines joined, and what follows the blank line.
fn split_headers(bytes: &[u8]) -> (String, &[u8]) {
    let mut headers = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end + 1);
        let line = String::from_utf8_lossy(&bytes[at..end]);
        at = end;
        let line = line.trim_end();
        if line.is_empty() {
            if headers.is_empty() {
                continue;
            }
            break;
        }
        if !line.starts_with([' ', '\t']) && !headers.is_empty() {
            headers.push('\n');
        }
        headers.push_str(line);
    }
    (headers, &bytes[at..])
}

fn header(headers: &str, name: &str) -> Option<String> {
    let value = |line: &str| {
        let (known, value) = line.split_once(':')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    };
    headers.lines().find_map(value)
}

/// `charset="gb2312"` among the parameters of a header.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').find_map(|part| {
        let (known, value) = part.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the marks of a mail of parts.
fn parts<'a>(headers: &str, body: &'a [u8]) -> Vec<&'a [u8]> {
    let Some(mark) = header(headers, "content-type").and_then(|kind| parameter(&kind, "boundary")) else {
        return Vec::new();
    };
    let mark = format!("--{mark}");
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut line = 0;
    for (at, _) in body.iter().enumerate().filter(|(_, byte)| **byte == b'\n').chain([(body.len(), &0)]) {
        if body[line..at].starts_with(mark.as_bytes()) {
            starts.push((line, (at + 1).min(body.len())));
        }
        line = at + 1;
    }
    starts.windows(2).map(|pair| &body[pair[0].1..pair[1].0]).collect()
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'=' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let pair = (bytes.get(at + 1).copied().and_then(digit), bytes.get(at + 2).copied().and_then(digit));
        if let (Some(high), Some(low)) = pair {
            out.push(high * 16 + low);
            at += 3;
        } else {
            // A line that goes on.
            at += 1;
            while bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
                at += 1;
            }
            at += usize::from(bytes.get(at) == Some(&b'\n'));
        }
    }
    out
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for six in bytes.iter().take_while(|byte| **byte != b'=').filter_map(|byte| value(*byte)) {
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_parts_are_unpacked_in_their_encodings() {
        let (gbk, _, _) = encoding_rs::GBK.encode("<p>本年支出</p>");
        let quoted: String = gbk.iter().map(|byte| format!("={byte:02X}")).collect();
        let quoted = format!("{}=\r\n{}", &quoted[..9], &quoted[9..]);
        let archive = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"x=_1\"\r\n\r\n--x=_1\r\n\
             Content-Type: text/html;\r\n charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}\r\n\
             --x=_1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n\
             --x=_1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5ZCI6K6hPC9wPg==\r\n--x=_1--\r\n"
        );
        assert!(is_web_archive(&archive));
        let pages = pages_of(archive.as_bytes()).unwrap();
        assert_eq!(pages.split_whitespace().collect::<String>(), "<p>本年支出</p><p>合计</p>");
    }

    #[test]
    fn a_mail_without_a_page_is_refused() {
        let archive = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nx\n--a--\n";
        assert!(pages_of(archive).is_err());
    }
}
