//! Unpacks streams. What is cut off gives what stands before the cut.

use super::object::{Dict, Object};
use crate::decode::printed::packing::{inflated, predicted_rows};

/// The unpacked bytes, at most `limit`. `None` for pictures.
pub fn unpacked(dict: &Dict, data: &[u8], limit: usize) -> Option<Vec<u8>> {
    let unpacked = unpacked_to_picture(dict, data, limit);
    unpacked.picture.is_none().then_some(unpacked.bytes)
}

/// What comes of a stream, and the filter for pictures with its parameters where one is left.
pub struct Unpacked {
    pub bytes: Vec<u8>,
    pub picture: Option<(String, Dict)>,
}

/// The bytes, unpacked as far as no filter for pictures stands in the way; at most `limit`.
pub fn unpacked_to_picture(dict: &Dict, data: &[u8], limit: usize) -> Unpacked {
    let filters = several(dict.get("Filter").or_else(|| dict.get("F")));
    let parameters = several(dict.get("DecodeParms").or_else(|| dict.get("DP")));
    let mut bytes = data.to_vec();
    for (at, filter) in filters.iter().enumerate() {
        let parameters = parameters.get(at).and_then(Object::dict);
        let number = |key: &str, usual: usize| {
            parameters.and_then(|dict| dict.get(key)?.number()).map_or(usual, |number| number.max(0.0) as usize)
        };
        let name = filter.name().unwrap_or_default();
        bytes = match name {
            "FlateDecode" | "Fl" => predicted(inflated(&bytes, limit), number),
            "LZWDecode" | "LZW" => predicted(lzw(&bytes, number("EarlyChange", 1), limit), number),
            "ASCIIHexDecode" | "AHx" => hex(&bytes),
            "ASCII85Decode" | "A85" => ascii85(&bytes),
            "RunLengthDecode" | "RL" => run_lengths(&bytes, limit),
            "Crypt" => bytes,
            _ => return Unpacked { bytes, picture: Some((name.to_owned(), parameters.cloned().unwrap_or_default())) },
        };
    }
    Unpacked { bytes, picture: None }
}

fn several(object: Option<&Object>) -> Vec<Object> {
    match object {
        Some(Object::List(list)) => list.clone(),
        Some(Object::Null) | None => Vec::new(),
        Some(one) => vec![one.clone()],
    }
}

/// Undoes the differences between neighbouring samples.
fn predicted(bytes: Vec<u8>, number: impl Fn(&str, usize) -> usize) -> Vec<u8> {
    let predictor = number("Predictor", 1);
    if predictor < 2 {
        return bytes;
    }
    let bits = number("Colors", 1).clamp(1, 32) * number("BitsPerComponent", 8).clamp(1, 16);
    let step = bits.div_ceil(8);
    let width = (number("Columns", 1).clamp(1, 1 << 20) * bits).div_ceil(8);
    if predictor == 2 {
        let mut bytes = bytes;
        for row in bytes.chunks_mut(width) {
            for at in step..row.len() {
                row[at] = row[at].wrapping_add(row[at - step]);
            }
        }
        return bytes;
    }
    predicted_rows(&bytes, width, step)
}

fn lzw(bytes: &[u8], early: usize, limit: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    // Each entry is a piece of what is written already.
    let mut entries: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    let (mut held, mut bits, mut width) = (0_u32, 0, 9);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        let code = ((held >> (bits - width)) & ((1 << width) - 1)) as usize;
        bits -= width;
        held &= (1 << bits) - 1;
        match code {
            256 => {
                entries.clear();
                (before, width) = (None, 9);
                continue;
            }
            257 => break,
            _ => {}
        }
        let start = out.len();
        if code < 256 {
            out.push(code as u8);
        } else if let Some((from, length)) = entries.get(code - 258).copied() {
            out.extend_from_within(from..from + length);
        } else if let Some((from, length)) = before {
            out.extend_from_within(from..from + length);
            let first = out[from];
            out.push(first);
        } else {
            break;
        }
        if let Some((from, length)) = before.filter(|_| entries.len() < 4096) {
            entries.push((from, length + 1));
        }
        before = Some((start, out.len() - start));
        width = match entries.len() + 258 + 1 + early - 1 {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if out.len() >= limit {
            break;
        }
    }
    out
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = bytes
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| (*byte as char).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let mut flush = |group: &mut Vec<u32>| {
        let count = group.len();
        if count > 1 {
            group.resize(5, 84);
            let value = group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
            out.extend_from_slice(&value.to_be_bytes()[..count - 1]);
        }
        group.clear();
    };
    for byte in bytes {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => {
                group.extend([0; 5]);
                flush(&mut group);
            }
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    flush(&mut group);
                }
            }
            _ => {}
        }
    }
    flush(&mut group);
    out
}

fn run_lengths(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(length) = bytes.get(at).copied() {
        at += 1;
        match length {
            0..=127 => {
                let end = (at + usize::from(length) + 1).min(bytes.len());
                out.extend_from_slice(&bytes[at..end]);
                at = end;
            }
            128 => break,
            _ => {
                out.extend(bytes.get(at).map_or(Vec::new(), |byte| vec![*byte; 257 - usize::from(length)]));
                at += 1;
            }
        }
        if out.len() >= limit {
            break;
        }
    }
    out
}
