//! Deflate and the differences between rows, as PDF and PNG pack them. What is cut off gives what stands before the cut.

use flate2::{Decompress, FlushDecompress, Status};

/// The unpacked bytes, at most `limit`.
pub fn inflated(bytes: &[u8], limit: usize) -> Vec<u8> {
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

/// Rows of `width` bytes that are coded as differences from their neighbours, each after a byte that says from which.
/// A pixel is `step` bytes wide.
pub fn predicted_rows(bytes: &[u8], width: usize, step: usize) -> Vec<u8> {
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
