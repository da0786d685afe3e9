//! Unpacks streams. What is cut off gives what stands before the cut.

use flate2::{Decompress, FlushDecompress, Status};

use super::object::{Dict, Object};

/// The unpacked bytes, at most `limit`. `None` for pictures, which are not looked at.
pub fn unpacked(dict: &Dict, data: &[u8], limit: usize) -> Option<Vec<u8>> {
    let filters = several(dict.get("Filter").or_else(|| dict.get("F")));
    let parameters = several(dict.get("DecodeParms").or_else(|| dict.get("DP")));
    let mut bytes = data.to_vec();
    for (at, filter) in filters.iter().enumerate() {
        let parameters = parameters.get(at).and_then(Object::dict);
        let number = |key: &str, usual: usize| {
            parameters.and_then(|dict| dict.get(key)?.number()).map_or(usual, |number| number.max(0.0) as usize)
        };
        bytes = match filter.name()? {
            "FlateDecode" | "Fl" => predicted(inflated(&bytes, limit), number),
            "LZWDecode" | "LZW" => predicted(lzw(&bytes, number("EarlyChange", 1), limit), number),
            "ASCIIHexDecode" | "AHx" => hex(&bytes),
            "ASCII85Decode" | "A85" => ascii85(&bytes),
            "RunLengthDecode" | "RL" => run_lengths(&bytes, limit),
            "Crypt" => bytes,
            _ => return None,
        };
    }
    Some(bytes)
}

fn several(object: Option<&Object>) -> Vec<Object> {
    match object {
        Some(Object::List(list)) => list.clone(),
        Some(Object::Null) | None => Vec::new(),
        Some(one) => vec![one.clone()],
    }
}

fn inflated(bytes: &[u8], limit: usize) -> Vec<u8> {
    let out = inflate(bytes, true, limit);
    // Some writers leave the header out.
    if out.is_empty() && !bytes.is_empty() { inflate(bytes, false, limit) } else { out }
}

fn inflate(bytes: &[u8], has_header: bool, limit: usize) -> Vec<u8> {
    let mut engine = Decompress::new(has_header);
    let mut out = Vec::with_capacity(bytes.len().saturating_mul(4).min(limit).max(64));
    loop {
        let read = engine.total_in() as usize;
        let before = out.len();
        let status = engine.decompress_vec(bytes.get(read..).unwrap_or(&[]), &mut out, FlushDecompress::None);
        let is_stuck = out.len() == before && engine.total_in() as usize == read && out.len() < out.capacity();
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || is_stuck || out.len() >= limit {
            break;
        }
        if out.len() == out.capacity() {
            out.reserve(out.len().max(1024).min(limit - out.len() + 1));
        }
    }
    out.truncate(limit);
    out
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
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0; width];
    for coded in bytes.chunks(width + 1) {
        let mut row = coded[1..].to_vec();
        for at in 0..row.len() {
            let left = if at >= step { row[at - step] } else { 0 };
            let corner = if at >= step { above[at - step] } else { 0 };
            let guess = match coded[0] {
                1 => left,
                2 => above[at],
                3 => u16::midpoint(u16::from(left), u16::from(above[at])) as u8,
                4 => paeth(left, above[at], corner),
                _ => 0,
            };
            row[at] = row[at].wrapping_add(guess);
        }
        above[..row.len()].copy_from_slice(&row);
        out.append(&mut row);
    }
    out
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let (da, db, dc) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        above
    } else {
        corner
    }
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
