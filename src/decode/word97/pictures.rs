//! Pictures between the text of a document: a table may be one.

use super::bytes::{u16_at, u32_at};
use crate::decode::inside::LARGE_PICTURE;

/// The head of a picture, and what marks its first part as one: the picture itself, or where it lies.
const HEAD: usize = 68;
const KINDS: [u16; 2] = [0x64, 0x66];
/// Lengths are twentieths of a point, scales thousandths.
const TWIPS: f64 = 20.0;
const SCALE: f64 = 1_000.0;

/// The large pictures among the data of a document.
pub fn large_pictures(data: &[u8]) -> usize {
    let mut large = 0;
    let mut at = 0;
    while let Some(length) = u32_at(data, at).map(|length| length as usize).filter(|length| *length >= HEAD) {
        let half = |offset: usize| u16_at(data, at + offset).unwrap_or(0);
        if usize::from(half(4)) == HEAD && KINDS.contains(&half(6)) {
            let side = |length: usize, scale: usize| f64::from(half(length)) / TWIPS * f64::from(half(scale)) / SCALE;
            large += usize::from(side(28, 32) * side(30, 34) >= LARGE_PICTURE);
        }
        at = at.saturating_add(length);
    }
    large
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(kind: u16, sides: [u16; 2], scale: u16) -> Vec<u8> {
        let mut head = vec![0; HEAD + 2];
        head[..4].copy_from_slice(&70_u32.to_le_bytes());
        for (at, value) in [(4, HEAD as u16), (6, kind), (28, sides[0]), (30, sides[1]), (32, scale), (34, scale)] {
            head[at..at + 2].copy_from_slice(&value.to_le_bytes());
        }
        head
    }

    #[test]
    fn only_large_pictures_count() {
        let all = [
            picture(0x64, [8_000, 4_000], 1_000),
            picture(0x64, [600, 600], 1_000),
            picture(0x64, [8_000, 4_000], 300),
            picture(0x08, [8_000, 4_000], 1_000),
            picture(0x66, [8_000, 4_000], 900),
        ];
        assert_eq!(large_pictures(&all.concat()), 2);
        assert_eq!(large_pictures(&[]), 0);
        assert_eq!(large_pictures(&[0xff; 200]), 0);
    }
}
